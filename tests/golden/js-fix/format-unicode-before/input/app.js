const express = require('express');
const app = express();
/* Grüße an die Küche — 日本語 🍜 */
const dishes = [{ id: 'ramen', name: '拉麺 🍜', price: 10 }];

app.get('/dishes/:id/price', (req, res) => {
  const gericht = dishes.find((d) => d.id === req.params.id); // findet „Gerichte“
  res.json({ preis: `${gericht.price} €` });
});

app.listen(process.env.PORT);
