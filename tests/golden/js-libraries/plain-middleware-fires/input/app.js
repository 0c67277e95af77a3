const express = require('express');
const cors = require('cors');
const helmet = require('helmet');
const morgan = require('morgan');
const app = express();
app.use(express.json());
app.use(cors());
app.use(helmet());
app.use(morgan('dev'));
app.get('/me', (req, res) => {
  res.json({ name: req.user.name });
});
app.listen(process.env.PORT);
