const express = require('express');
const multer = require('multer');
const app = express();
const upload = multer({ storage: multer.memoryStorage() });

app.post('/avatar', upload.single('avatar'), (req, res) => {
  const { size } = req.file;
  if (size > 1000000) {
    return res.status(413).json({ error: 'too large' });
  }
  res.json({ size });
});

app.listen(process.env.PORT);
