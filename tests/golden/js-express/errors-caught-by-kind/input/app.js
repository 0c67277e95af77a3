const express = require('express');
const { find } = require('./store');

class HttpError extends Error {
  constructor(status = 400, message = 'wrong') {
    super(message);
    this.status = status;
  }
}

const app = express();
app.use(express.json());

async function known(req, res, next) {
  try {
    if (!/^\d+$/.test(req.params.id)) throw new HttpError(400, 'no number');
    const thing = await find(req.params.id);
    if (!thing) throw new HttpError(404, 'nothing here');
    next();
  } catch (error) {
    return next(error);
  }
}
app.get('/handed-on/:id', known, (req, res) => res.json({ ok: true }));

app.get('/answered/:id', async (req, res) => {
  try {
    const thing = await find(req.params.id);
    if (!thing) throw new HttpError(404, 'nothing here');
    if (thing.locked) throw new HttpError(423, 'locked');
    res.json({ ok: true });
  } catch (error) {
    if (error instanceof HttpError) return res.status(error.status).json({ message: error.message });
    res.status(500).json({ failed: true });
  }
});
app.use((error, req, res, next) => {
  res.status(error.status || 500).json({ message: error.message });
});
app.listen(3000);
