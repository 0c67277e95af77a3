const express = require('express')
const app = express()

const users = [{ id: 'u1', name: 'Ada', address: { city: 'London' } }]

app.get('/users/:id', (req, res) => {
  const user = users.find((u) => u.id === req.params.id)
  if (!user) return res.status(404).json({ error: 'no such user' })
  res.json(user)
})

app.get('/users/:id/city', (req, res) => {
  const user = users.find((u) => u.id === req.params.id)
  res.json({ city: user.address.city })
})

app.listen(3000)
