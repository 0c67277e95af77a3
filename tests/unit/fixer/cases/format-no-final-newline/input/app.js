const HttpError = require('./http-error');
const orders = require('./orders');
exports.show = ⟦H|(req, res) => {
  const order = orders.find(req.params.id);
  if (req.query.full && !order) ⟦M|throw new HttpError(404, 'No order');⟧
  res.json(⟦F|⟦S|order⟧.lines⟧); }⟧