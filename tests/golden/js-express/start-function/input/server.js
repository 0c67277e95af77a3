const express = require('express');

async function connect() {
  return { rows: [] };
}

async function main() {
  const db = await connect();
  const app = express();
  app.get('/rows', (req, res) => res.json(db.rows));
  await new Promise((resolve) => app.listen(3000, resolve));
}

main().catch((err) => {
  console.error(err);
  process.exit(1);
});
