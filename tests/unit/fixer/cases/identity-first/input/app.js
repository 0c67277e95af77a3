const express = require('express');
const orders = require('./orders');

const app = express();

app.get('/orders/:id', (req, res) => {
  const order = orders.find(req.params.id);
  if (!order) {
    ⟦M|return res.status(404).json({ error: 'order not found' });⟧
  }
  res.json(order);
});

app.post('/notes', ⟦H|(req, res) => {
  // notes belong to who writes them
  const { text } = req.body;
  if (typeof text !== 'string') {
    return res.status(400).json({ error: 'text is required' });
  }
  res.json(notes.add(text, ⟦F|⟦S|req.user⟧.id⟧));
}⟧);
