// What was caught is thrown on: whether that happens is not decided by the tests before the try.
const express = require('express');
const fs = require('fs/promises');
const app = express();
app.use(express.json());

async function load() {
  try {
    return JSON.parse(await fs.readFile('rows.json', 'utf8'));
  } catch (error) {
    throw new Error(error);
  }
}
app.post('/rows', async (req, res) => {
  if (req.body.title === undefined) {
    return res.sendStatus(400);
  }
  const rows = await load();
  res.json({ count: rows.length });
});
app.listen(process.env.PORT);
