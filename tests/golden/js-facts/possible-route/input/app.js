const express = require('express')
const app = express()
const forgotten = express.Router()

app.get('/health', (req, res) => res.send('fine'))
forgotten.get('/lost', (req, res) => res.json(JSON.parse(req.query.filter)))

app.listen(3000)
