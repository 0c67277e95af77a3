exports.install = (app, base) => {
  app.get(base, (req, res) => res.send('extra'));
};
