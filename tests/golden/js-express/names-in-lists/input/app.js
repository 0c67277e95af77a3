// Fields whose names stand in a list: in a loop, in a callback, or compared with the keys that came.
const express = require('express');
const app = express(); app.use(express.json());
app.patch('/a', (req, res) => { const p = {}; const keys = ['name', 'icon']; keys.forEach((key) => { if (!req.body[key]) return; p[key] = req.body[key]; }); res.json(p); });
app.patch('/b', (req, res) => { const p = {}; for (const key of ['name', 'icon']) { if (req.body[key]) p[key] = req.body[key]; } res.json(p); });
app.patch('/c', (req, res) => { const p = ['name', 'icon'].filter((k) => req.body[k] !== undefined); res.json(p); });
app.patch('/d', (req, res) => { const p = ['name', 'icon'].reduce((acc, k) => { acc[k] = req.body[k]; return acc; }, {}); res.json(p); });
const ALLOWED = ['name', 'icon'];
app.patch('/e', (req, res) => { const u = {}; for (const k in req.body) { if (ALLOWED.includes(k)) u[k] = req.body[k]; } res.json(u); });
app.patch('/f', (req, res) => { const ok = Object.keys(req.body).every((k) => ALLOWED.includes(k)); if (!ok) return res.status(400).json({}); res.json({}); });
app.patch('/g', (req, res) => { const missing = ALLOWED.some((k) => !req.body[k]); if (missing) return res.status(400).json({}); res.json({}); });
app.patch('/h', (req, res) => { for (const k of ALLOWED) { if (!(k in req.body)) return res.status(400).json({}); } res.json({}); });
app.patch('/i', (req, res) => { const missing = ALLOWED.filter((k) => !req.body[k]); if (missing.length) return res.status(400).json({}); res.json({}); });
app.patch('/j', (req, res) => { const u = {}; Object.keys(req.body).forEach((k) => { if (ALLOWED.includes(k)) u[k] = req.body[k]; }); res.json(u); });
app.listen(3000);
// Nothing is known of these names.
app.patch('/k', (req, res) => { const u = {}; const names = load(); names.forEach((k) => { u[k] = req.body[k]; }); for (const k in req.body) { if (names.includes(k)) u[k] = 1; } res.json(u); });
