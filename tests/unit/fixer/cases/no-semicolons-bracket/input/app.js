const orders = require('./orders')

app.get('/orders/:id', (req, res) => {
  const order = orders.find(req.params.id)
  if (!order) {
    ⟦M|res.status(404).json({ error: 'no such order' })⟧
    return
  }
  res.json(order)
})

app.post('/orders/:id/log', ⟦H|(req, res) => {
  const order = orders.find(req.params.id)
  ;[1, 2].forEach((n) => ⟦F|⟦S|order⟧.log⟧.push(n))
  res.json(order)
}⟧)
