module.exports = (app, { db, prefix }) => {
  app.get(prefix, (req, res) => res.json(db.users));
  app.post(prefix + '/import', (req, res) => res.sendStatus(202));
};
