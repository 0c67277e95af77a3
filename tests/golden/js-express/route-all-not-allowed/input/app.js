const express = require('express');
const app = express();

const notAllowed = (req, res) => res.status(405).send('Not Allowed');

app.get('/dashboards', (req, res) => res.json([]));
app.all('/dashboards', notAllowed);
app
  .route('/tags')
  .get((req, res) => res.json([]))
  .all((req, res) => {
    res.sendStatus(404);
  });
app.listen(process.env.PORT);
