const http = require('http');
const url = require('url');

const items = [{ id: 1, name: 'bolt' }];

function send(res, status, body) {
  res.writeHead(status, { 'content-type': 'application/json' });
  res.end(JSON.stringify(body));
}

function isGet(req) {
  return req.method === 'GET';
}

const server = http.createServer((req, res) => {
  const path = req.url.split('?')[0];
  if (isGet(req) && path === '/health') return send(res, 200, { ok: true });
  if (path === '/items') {
    if (req.method === 'GET') return send(res, 200, items);
    if (req.method === 'POST') return send(res, 201, {});
    return send(res, 405, { error: 'method not allowed' });
  }
  const one = path.match(/^\/items\/(\d+)$/);
  if (one) {
    const id = one[1];
    const item = items.find((i) => i.id === Number(id));
    switch (req.method) {
      case 'GET':
        return send(res, 200, item.name);
      case 'DELETE':
        res.statusCode = 204;
        return res.end();
    }
    return send(res, 405, { error: 'method not allowed' });
  }
  if (path.startsWith('/files/') && isGet(req)) {
    const name = path.slice(7);
    return send(res, 200, { name });
  }
  const { pathname } = url.parse(req.url);
  if (pathname === '/about') {
    res.end('about');
    return;
  }
  send(res, 404, { error: 'not found' });
});

server.listen(3000);
