const express = require('express');
const app = express();
const readings = [{ sensor: 's1', at: 1, value: 20 }];

app.get('/sensors/:sensor/latest', (req, res) => {
  const latest = readings.filter((r) => r.sensor === req.params.sensor)[0];
  res.json({ at: latest.at, value: latest.value });
});
app.listen(process.env.PORT);
