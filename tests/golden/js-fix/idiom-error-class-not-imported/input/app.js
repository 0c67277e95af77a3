const express = require('express');
const app = express();

app.use('/orders', require('./routes/orders'));
app.use('/users', require('./routes/users'));
app.use((err, req, res, next) => {
  res.status(err.status || 500).json({ title: err.message });
});

app.listen(process.env.PORT);
