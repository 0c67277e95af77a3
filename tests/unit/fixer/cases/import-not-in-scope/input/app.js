exports.share = ⟦H|(req, res) => {
  const note = store.find(req.params.id);
  ⟦F|⟦S|note⟧.shares⟧.push(req.body);
  res.json(note.shares);
}⟧;
