const express = require('express');
const axios = require('axios');
const Api = require('./api-client');

const app = express();
const api = new Api('http://localhost:9000');
const client = axios.create({ baseURL: 'http://localhost:9001' });

async function refresh() {
  await api.get('/prices', (body) => body);
  await axios.post('/login', { user: 'x' });
  await client.get('/stock', { params: { sku: 1 } });
  return fetch('/rates');
}

app.locals.refresh = refresh;
app.listen(3000);
