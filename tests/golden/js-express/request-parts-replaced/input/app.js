// Parts of the request that a middleware replaces by what it made of them: still what the client sent.
const express = require('express');
const app = express(); app.use(express.json());
const helpers = {};
helpers.tryRoute = function (controller, handler) {
	if (controller && controller.constructor && controller.constructor.name === 'AsyncFunction') {
		return async function (req, res, next) {
			try { await controller(req, res, next); } catch (err) { if (handler) { return handler(err, res); } next(err); }
		};
	}
	return controller;
};
const c = {};
c.index = async function (req, res, next) { const section = req.query.section || 'joindate'; res.json({ section }); };
app.get('/a', helpers.tryRoute(c.index));
const table = {};
c.two = async function (req, res, next) { const section = req.query.section || 'joindate'; const by = { joindate: c.index, other: c.index }; if (req.query.query) { await c.index(req, res, next); } else if (by.hasOwnProperty(section) && by[section]) { await by[section](req, res, next); } else { await c.index(req, res, next); } };
app.get('/b', helpers.tryRoute(c.two));
app.get('/c', c.two);
app.listen(3000);
app.use('/q', (req, res, next) => { req.query = Object.assign(Object.fromEntries(new URL('http://x').searchParams), req.query); next(); });
app.get('/q/a', (req, res) => res.json({ s: req.query.section }));
app.post('/q/b', (req, res) => { const b = Object.assign({}, req.body); res.json({ s: b.name }); });
app.use('/s', (req, res, next) => { req.body = clean(req.body); next(); });
app.post('/s/b', (req, res) => { res.json({ s: req.body.name }); });
