// The body comes as text and is parsed by the program; callbacks are made of functions with arguments before their own.
const express = require('express'); const bodyParser = require('body-parser'); const _ = require('lodash'); const mongoose = require('mongoose');
const app = express();
app.use(bodyParser.text({ type: '*/*', limit: '1mb' }));
app.use(function(req, res, next) {
    if (req.is('application/json')) {
        req.body = req.body ? JSON.parse(req.body) : {}
    }
    next();
});
app.post('/a', (req, res) => { if (req.body == null || req.body.key == null) return res.status(400).send('no'); res.send({ k: req.body.key, d: req.body.data.name }); });
const M = mongoose.model('x', new mongoose.Schema({ name: String }));
const cb = function (res, err, obj) { if (err) { res.status(500).send(err); } else if (_.isUndefined(obj) || _.isNull(obj)) res.status(404).send('Not found'); else res.send(obj); };
app.get('/b', (req, res) => { M.find().select('-data').exec(_.wrap(res, cb)); });
app.get('/c/:key', (req, res) => { M.findOne({ key: req.params.key }).exec(_.wrap(res, cb)); });
app.get('/d/:key', (req, res) => { M.findOne({ key: req.params.key }, _.partial(cb, res)); });
app.listen(3000);
app.get('/g/:key', (req, res) => { M.findOne({ key: req.params.key }).exec(cb.bind(null, res)); });
app.get('/h/:key', (req, res) => { someLibrary(cb.bind(null, res)); });
const own = (reply, code) => reply.status(code).json({ ok: true });
app.get('/i', (req, res) => { const done = own.bind(null, res); done(202); });
