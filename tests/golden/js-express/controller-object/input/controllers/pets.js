exports.list = (req, res) => res.json([]);
exports.show = function show(req, res) {
  res.json({ id: req.params.id });
};
exports.remove = async (req, res) => {
  res.sendStatus(204);
};
