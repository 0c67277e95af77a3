const store = require('./store');

exports.history = ⟦H|async (req, res) => {
  const note = ⟦F|await store.load(req.params.id)⟧;
  const text = `first
second`;

  res.json({ note, text });
}⟧;
