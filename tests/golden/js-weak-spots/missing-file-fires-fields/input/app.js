const express = require('express');
const multer = require('multer');
const app = express();
const upload = multer({ storage: multer.memoryStorage() });
const parts = upload.fields([{ name: 'cover', maxCount: 1 }, { name: 'pages' }]);

app.post('/books', parts, (req, res) => {
  if (!req.files) {
    return res.status(400).json({ error: 'multipart expected' });
  }
  res.json({ cover: req.files.cover[0].originalname });
});
app.listen(process.env.PORT);
