const express = require('express');
const multer = require('multer');
const app = express();
const upload = multer({ storage: multer.memoryStorage() });

app.post('/posts', upload.single('image'), (req, res) => {
  const image = req.file ? req.file.originalname : null;
  res.status(201).json({ image, size: req.file?.size ?? 0 });
});
app.listen(process.env.PORT);
