'use strict';
const express = require('express');
const { users } = require('./users');

const app = express();
const prefix = process.env.API_PREFIX || '/api';
app.use(express.json({ limit: '1mb' }));
app.use(`${prefix}/users`, users);
app.get('/health', (req, res) => res.sendStatus(204));
app.use((err, req, res, next) => {
  if (res.headersSent) return next(err);
  res.status(err.status ?? 500).json({ error: err.message });
});

if (require.main === module) app.listen(Number(process.env.PORT) || 3000);
module.exports = app;
