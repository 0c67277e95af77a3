const http = require('http');
const url = require('url');
const handlers = {
  GET: { '/': home, '/tasks': tasks },
  POST: { '/tasks': add },
};
function home(req, res) { res.end('hello'); }
function tasks(req, res) { res.writeHead(200, { 'Content-Type': 'application/json' }); res.end('[]'); }
function add(req, res) { res.writeHead(201); res.end(); }
http.createServer((req, res) => {
  const { pathname } = url.parse(req.url, true);
  const handler = handlers[req.method] && handlers[req.method][pathname];
  if (!handler) { res.statusCode = 404; return res.end('Not found'); }
  handler(req, res);
}).listen(3000);
