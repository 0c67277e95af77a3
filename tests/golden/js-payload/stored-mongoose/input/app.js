const express = require('express');
const mongoose = require('mongoose');
const Product = require('./models/Product');
const app = express();
app.use(express.json());
app.post('/products', async (req, res, next) => {
  try {
    const product = await Product.create(req.body);
    res.status(201).json({ id: product._id });
  } catch (error) { next(error); }
});
app.post('/mine', async (req, res, next) => {
  try {
    req.body.maker = req.query.me;
    const product = new Product(req.body);
    await product.save();
    res.status(201).json({ id: product._id });
  } catch (error) { next(error); }
});
app.post('/picked', async (req, res, next) => {
  const { name, price, state, maker, category } = req.body;
  try {
    const product = new Product({ name, price, state, maker, category: category || 'toy', ...req.body.more });
    await product.save();
    res.status(201).json({ id: product._id });
  } catch (error) { next(error); }
});
app.post('/spread', async (req, res, next) => {
  try {
    const product = await Product.create({ ...req.body, maker: 'x' });
    res.status(201).json({ id: product._id });
  } catch (error) { next(error); }
});
app.put('/products/:id', async (req, res, next) => {
  try {
    const product = await Product.findByIdAndUpdate(req.params.id, req.body, { new: true });
    if (!product) return res.status(404).end();
    res.json({ id: product._id });
  } catch (error) { next(error); }
});
app.patch('/products/:id', async (req, res, next) => {
  try {
    await Product.updateOne({ _id: req.params.id }, { $set: req.body });
    res.status(204).end();
  } catch (error) { next(error); }
});
app.listen(3000);
