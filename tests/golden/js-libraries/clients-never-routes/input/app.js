const express = require('express');
const fetch = require('node-fetch');
const axios = require('axios');
const pino = require('pino');
const app = express();
app.use(express.json());
const logger = pino();
const shop = axios.create({ baseURL: process.env.SHOP });
const app2 = { get: (path, handler) => handler };
app2.get('/never', () => 1);
app.get('/prices', async (req, res) => {
  const answer = await fetch('https://prices.example.org/latest');
  const orders = await shop.get('/orders/:id', { params: { id: 1 } });
  await axios.delete('/carts/:id');
  logger.info({ status: answer.status }, 'prices');
  res.json({ prices: await answer.json(), orders: orders.data });
});
app.listen(process.env.PORT);
