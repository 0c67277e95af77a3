const { ApiError } = require('./errors');

exports.show = (req, res) => {
  const note = store.find(req.params.id);
  if (!note) {
    ⟦M|throw ApiError.notFound('Note');⟧
  }
  res.json(note);
};

exports.share = ⟦H|(req, res) => {
  const note = store.find(req.params.id);
  ⟦F|⟦S|note⟧.shares⟧.push(req.body);
  res.json(note.shares);
}⟧;
