app.post('/logins', ⟦H|(req, res) => {
  res.status(201).json({ ok: true });
  ⟦F|audit({ user: req.body.user })⟧;
}⟧);
