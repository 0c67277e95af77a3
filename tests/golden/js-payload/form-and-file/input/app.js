const express = require('express');
const multer = require('multer');
const app = express();
const upload = multer({ dest: 'uploads/' });

app.post('/photos', upload.single('photo'), (req, res) => {
  if (!req.file) {
    return res.status(400).json({ error: 'photo is required' });
  }
  const { caption = '' } = req.body ?? {};
  res.status(201).json({ name: req.file.originalname, caption });
});
app.post('/contact', express.urlencoded({ extended: false }), (req, res) => {
  const { email, text } = req.body ?? {};
  if (!email) {
    return res.status(400).send('email is required');
  }
  res.send(`thank you ${email} ${text}`);
});
app.listen(3000);
