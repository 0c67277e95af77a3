const express = require('express');
const multer = require('multer');
const app = express();
app.use(express.json());
const upload = multer({ dest: 'uploads' });
app.post('/pictures', upload.array('pictures'), (req, res) => {
  if (!req.files || req.files.length === 0) {
    return res.status(400).json({ error: 'pictures are required' });
  }
  res.json({ first: req.files[0].originalname, count: req.files.length });
});
app.listen(process.env.PORT);
