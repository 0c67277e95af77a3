const express = require('express');
const yup = require('yup');
const app = express();
app.use(express.json());

const note = yup.object({ title: yup.string().required(), count: yup.number() });

app.post('/asked', async (req, res) => {
  if (!(await note.isValid(req.body))) return res.status(400).json({ error: 'wrong' });
  res.status(201).json({ title: req.body.title.trim() });
});
app.post('/not-asked', async (req, res) => {
  note.isValid(req.body);
  res.status(201).json({ title: req.body.title.trim() });
});
app.listen(3000);
