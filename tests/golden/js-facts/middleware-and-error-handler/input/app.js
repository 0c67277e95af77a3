const express = require('express')
const app = express()

class HttpError extends Error {
  constructor(status, message) {
    super(message)
    this.status = status
  }
}

function authenticate(req, res, next) {
  if (req.headers['x-api-key'] !== 'secret') return next(new HttpError(401, 'who are you?'))
  next()
}

app.get('/reports', authenticate, (req, res, next) => {
  const limit = Number(req.query.limit)
  if (Number.isNaN(limit)) return next(new HttpError(400, 'limit must be a number'))
  res.json({ total: limit })
})

app.use((err, req, res, next) => {
  res.status(err.status || 500).json({ message: err.message })
})

app.listen(3000)
