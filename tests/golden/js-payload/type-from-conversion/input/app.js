const express = require('express');
const app = express();

app.get('/map', (req, res) => {
  const { zoom, lat, lon, wide, label, layer } = req.query;
  res.json({
    zoom: parseInt(zoom, 10),
    lat: parseFloat(lat),
    lon: Number(lon),
    layer: +layer,
    wide: wide === 'true',
    label: String(label),
  });
});
app.listen(3000);
