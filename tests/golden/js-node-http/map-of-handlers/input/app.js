const http = require('http');

const router = {
  handlers: new Map(),
  get(path, handler) {
    this.handlers.set(path, handler);
  },
};

router.get('/hand-made', (req, res) => res.end('x'));
http.createServer((req, res) => router.handlers.get(req.url)?.(req, res)).listen(3000);
