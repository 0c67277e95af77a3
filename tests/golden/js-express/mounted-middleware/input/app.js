const express = require('express');
const app = express();
// None of these is an operation: they look at requests that others answer, or refuse them.
app.use((req, res, next) => { console.log(req.method, req.url); next(); });
app.use((req, res, next) => { if (req.method === 'OPTIONS') return res.sendStatus(200); next(); });
app.use((req, res, next) => { if (req.method === 'POST' && !req.headers['content-type']) return res.status(415).json({ error: 'type' }); next(); });
app.use('/admin', (req, res, next) => { if (!req.headers.cookie) return res.redirect('/login'); next(); });
app.use('/cached', (req, res, next) => { if (req.method === 'GET' && Math.random() > 0.5) return res.json({ from: 'cache' }); next(); });
app.use('/api/*rest', (req, res) => res.json({ message: 'nothing here' }));
app.get('/admin/users', (req, res) => res.json([]));
app.get('/cached/item', (req, res) => res.json({}));
// This one is: whatever the method, it answers there.
app.use('/health', (req, res) => res.json({ ok: true }));
app.use((req, res) => res.sendFile('/srv/index.html'));
app.use((err, req, res, next) => res.status(500).json({ error: err.message }));
app.listen(3000);
