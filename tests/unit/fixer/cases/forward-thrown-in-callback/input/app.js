app.get('/users/:id', ⟦H|(req, res) => {
  setTimeout(() => {
    const user = users.find((u) => u.id === req.params.id);
    if (!user) {
      ⟦F|throw new Error('user not found');⟧
    }
    res.json(user);
  }, 5);
}⟧);
