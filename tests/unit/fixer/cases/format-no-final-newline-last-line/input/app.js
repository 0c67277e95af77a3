const HttpError = require('./http-error');
const orders = require('./orders');
exports.list = (req, res) => { if (!req.query.q) { ⟦M|throw new HttpError(400, 'q is required');⟧ } res.json([]); };
exports.show = ⟦H|(req, res) => res.json(⟦F|⟦S|orders.find(req.params.id)⟧.lines⟧)⟧