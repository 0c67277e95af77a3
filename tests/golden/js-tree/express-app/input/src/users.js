const { Router } = require('express');
const store = require('./store');

const asyncHandler = fn => (req, res, next) => fn(req, res, next).catch(next);
const users = Router();

users.route('/:id')
  .get(asyncHandler(async (req, res) => {
    const user = await store.find(req.params.id);
    if (!user) return res.status(404).json({ error: 'no such user' });
    const { address: { city = 'unknown', ...rest } = {}, tags: [first] = [] } = user;
    res.json({ ...user, city, rest, first });
  }))
  .delete(function (req, res) {
    for (const key in req.query) delete store[key];
    res.status(204).end();
  });

exports.users = users;
