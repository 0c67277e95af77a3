const express = require('express');
const httpStatus = require('http-status');
const { StatusCodes } = require('http-status-codes');
const app = express();
app.use(express.json());
app.post('/orders', (req, res) => {
  if (!req.body || !req.body.sku) {
    return res.status(httpStatus.BAD_REQUEST).json({ error: 'sku is required' });
  }
  res.status(httpStatus.CREATED).json({ sku: req.body.sku });
});
app.post('/returns', (req, res) => {
  if (typeof req.body?.order !== 'string') {
    return res.status(StatusCodes.UNPROCESSABLE_ENTITY).json({ error: 'order is required' });
  }
  res.status(StatusCodes.ACCEPTED).json({ order: req.body.order.trim() });
});
app.listen(process.env.PORT);
