const express = require('express');
const fileUpload = require('express-fileupload');
const app = express();
app.use(express.json());
app.use(fileUpload());
app.post('/avatar', (req, res) => {
  res.json({ name: req.files.avatar.name });
});
app.listen(process.env.PORT);
