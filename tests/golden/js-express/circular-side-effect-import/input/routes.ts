import app from './app';

app.get('/owls', (req, res) => res.json([]));
