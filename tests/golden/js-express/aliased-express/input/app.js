const web = require('express');
const { Router: makeRouter, json } = web;

const server = web();
const r = makeRouter({ strict: true });
const handler = (req, res) => res.json({});

r.get('/x', handler);
server.use(json()).use('/y', r);
const add = server.post.bind(server);
add('/z', handler);
server['delete']('/z', handler);
server.listen(3000);
