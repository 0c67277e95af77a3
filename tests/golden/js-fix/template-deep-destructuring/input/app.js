// Each part on the way may be absent itself: the check must bear that.
const express = require('express');
const app = express();
app.use(express.json());

app.post('/places', (req, res) => {
  const { address: { geo: { lat } } } = req.body;
  res.json({ lat });
});
app.listen(process.env.PORT);
