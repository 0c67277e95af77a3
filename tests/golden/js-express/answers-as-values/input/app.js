const express = require('express');
const app = express();
app.use(express.json());
const rows = new Map();
const ok = async (data) => ({ statusCode: 200, body: data });
const notFound = async () => ({ statusCode: 404, body: { message: 'no' } });
async function get(id) {
  const row = rows.get(id);
  let response = null;
  if (row != null) { response = await ok(row); } else { response = await notFound(); }
  return response;
}
async function create(data) {
  if (!data.name) return { statusCode: 400, body: { message: 'name' } };
  rows.set(data.name, data);
  return { statusCode: 201, body: { id: 1 } };
}
app.get('/a/:id', async (req, res) => { const r = await get(req.params.id); res.status(r.statusCode).json(r.body); });
app.post('/a', async (req, res) => { const r = await create(req.body); res.status(r.statusCode).json(r.body); });
app.put('/a', async (req, res) => { const { statusCode, body } = await create(req.body); return res.status(statusCode).send(body); });
app.get('/plain/:id', (req, res) => {
  const status = rows.has(req.params.id) ? 200 : 404;
  res.status(status).json({ status });
});
function parse(text) {
  try {
    return { statusCode: 200, body: JSON.parse(text) };
  } catch (err) {
    return { statusCode: 500, body: { message: err.message } };
  }
}
function parseKindly(text) {
  try {
    return { statusCode: 200, body: JSON.parse(text) };
  } catch (err) {
    return { statusCode: 400, body: { message: 'no JSON' } };
  }
}
app.post('/parse', (req, res) => {
  if (typeof req.body?.text !== 'string') return res.status(400).json({ message: 'text' });
  const r = parse(req.body.text);
  res.status(r.statusCode).json(r.body);
});
app.post('/parse-kindly', (req, res) => {
  if (typeof req.body?.text !== 'string') return res.status(400).json({ message: 'text' });
  const r = parseKindly(req.body.text);
  res.status(r.statusCode).json(r.body);
});
app.listen(3000);
