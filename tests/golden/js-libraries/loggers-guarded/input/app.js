const express = require('express');
const winston = require('winston');
const dotenv = require('dotenv');
const config = require('config');
const app = express();
app.use(express.json());
dotenv.config();
const logger = winston.createLogger({ transports: [new winston.transports.Console()] });
app.get('/', (req, res) => {
  logger.info('%s', req.query.q);
  res.json({ name: config.get('name') });
});
app.listen(process.env.PORT);
