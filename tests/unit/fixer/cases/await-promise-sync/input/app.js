app.post('/logins', ⟦H|(req, res) => {
  ⟦F|audit({ user: req.body.user })⟧;
  res.status(201).json({ ok: true });
}⟧);
