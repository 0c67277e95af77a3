exports.history = ⟦H|⟦F|async (req, res) => {
  res.json(await store.load(req.params.id));
}⟧⟧;
