const express = require('express');
const multer = require('multer');
const app = express();
const upload = multer({ storage: multer.memoryStorage() });

const needFile = (req, res, next) => (req.file ? next() : res.sendStatus(422));

app.post('/avatar', upload.single('avatar'), needFile, (req, res) => {
  const { originalname, size } = req.file;
  res.json({ originalname, size });
});
app.listen(process.env.PORT);
