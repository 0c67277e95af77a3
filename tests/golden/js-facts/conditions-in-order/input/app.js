const express = require('express')
const app = express()
app.use(express.json())

const orders = []

app.post('/orders', function create(req, res) {
  const { type, gift, lines } = req.body
  if (!Array.isArray(lines)) {
    return res.status(400).json({ error: 'lines must be a list' })
  }
  if (type === 'gift') {
    orders.push({ type, note: gift.note.trim() })
  }
  res.status(201).json({ count: orders.length })
})

app.listen(3000)
