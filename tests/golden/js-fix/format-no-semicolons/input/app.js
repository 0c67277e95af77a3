const express = require('express')
const app = express()
const users = new Map([['kim', { mail: 'kim@example.com' }]])

app.get('/users/:name', (req, res) => {
  const user = users.get(req.params.name)
  if (!user) return res.status(404).send({ ok: false, reason: 'unknown user' })
  res.send({ ok: true, user })
})

app.get('/users/:name/mail', (req, res) => {
  const user = users.get(req.params.name)
  res.send({ ok: true, mail: user.mail })
})

app.listen(process.env.PORT)
