const express = require('express')
const app = express()
const users = new Map([['kim', { mail: 'kim@example.com', log: [] }]])

app.post('/users/:name/log', (req, res) => {
  const user = users.get(req.params.name)
  ;[1, 2].forEach((n) => user.log.push(n))
  res.send({ size: user.log.length })
})

app.listen(process.env.PORT)
