const express = require('express');
const asyncHandler = require('express-async-handler');
const app = express();
app.use(express.json());
const load = async (id) => {
  if (id !== '1') {
    throw Object.assign(new Error('no such account'), { status: 404 });
  }
  return { balance: 5 };
};
app.get('/accounts/:id', asyncHandler(async (req, res) => {
  res.json(await load(req.params.id));
}));
app.listen(process.env.PORT);
