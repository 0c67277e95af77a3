const express = require('express');
const multer = require('multer');
const app = express();
app.use(express.json());
const upload = multer({ dest: 'uploads' });
app.post('/pictures', upload.array('pictures'), (req, res) => {
  res.json({ first: req.files[0].originalname });
});
app.listen(process.env.PORT);
