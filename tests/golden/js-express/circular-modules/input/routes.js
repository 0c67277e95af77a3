const { app, prefix } = require('./app');

app.get(prefix + '/ok', (req, res) => res.send('ok'));
