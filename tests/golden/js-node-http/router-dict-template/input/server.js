const http = require('http');
class Router {
  constructor() { this.routes = {}; }
  get(path, handler) { this.routes[`GET ${path}`] = handler; }
  post(path, handler) { this.routes[`POST ${path}`] = handler; }
  handle(req, res) {
    const { pathname } = new URL(req.url, 'http://localhost');
    const handler = this.routes[`${req.method} ${pathname}`];
    if (!handler) { res.writeHead(404); return res.end(); }
    handler(req, res);
  }
}
const router = new Router();
router.get('/health', (req, res) => { res.writeHead(200, { 'Content-Type': 'application/json' }); res.end(JSON.stringify({ ok: true })); });
router.get('/users', (req, res) => { res.writeHead(200); res.end(JSON.stringify([])); });
router.post('/users', (req, res) => {
  let body = '';
  req.on('data', (c) => { body += c; });
  req.on('end', () => { const user = JSON.parse(body); res.writeHead(201); res.end(JSON.stringify({ name: user.name.trim() })); });
});
http.createServer((req, res) => router.handle(req, res)).listen(process.env.PORT || 3000);
