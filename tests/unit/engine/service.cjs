'use strict';
// The service of campaign.c: things in memory, some ways to fail, an error handler that swallows.
const http = require('node:http');

const things = new Map([['t1', { id: 't1', name: 'first', tags: ['a'] }]]);
let next = 2;
const people = [{ user: 'kim', password: 'hunter22' }];
const tokens = new Set();

function find(id) {
  return things.get(id);
}

const routes = [
  ['GET', /^\/things$/, () => [200, [...things.values()]]],
  ['POST', /^\/things$/, (m, body) => {
    if (typeof body?.name !== 'string') return [400, { error: 'name must be a string' }];
    const thing = { id: `t${next++}`, name: body.name, tags: [] };
    things.set(thing.id, thing);
    return [201, thing];
  }],
  ['GET', /^\/things\/([^/]+)$/, (m) => {
    const thing = find(m[1]);
    if (!thing) return [404, { error: 'none' }];
    return [200, { name: thing.name }]; // MARK twin
  }],
  ['GET', /^\/things\/([^/]+)\/tags$/, (m) => {
    const thing = find(m[1]);
    return [200, thing.tags]; // MARK lookup
  }],
  ['PUT', /^\/things\/([^/]+)\/owner$/, (m, body) => {
    const thing = find(m[1]);
    if (!thing) return [404, { error: 'none' }];
    thing.owner = body.owner.name.trim(); // MARK field
    return [200, thing];
  }],
  ['POST', /^\/jobs$/, (m, body) => {
    if (body.kind === 'later') setImmediate(() => { throw new Error('no such job'); }); // MARK exit
    return body.kind === 'later' ? undefined : [202, { kind: body.kind }];
  }],
  ['POST', /^\/waits$/, (m, body) => (body?.for ? [200, { for: body.for }] : undefined)], // MARK hang
  ['POST', /^\/login$/, (m, body) => {
    if (!people.some((one) => one.user === body?.user && one.password === body.password)) return [401, { error: 'who?' }];
    const token = require('node:crypto').randomUUID();
    tokens.add(token);
    return [200, { token }];
  }],
  ['GET', /^\/secret$/, (m, body, req) => {
    if (!tokens.has(req.headers.authorization?.split(' ')[1])) return [401, { error: 'who?' }];
    const q = new URL(req.url, 'http://x').searchParams.get('q');
    return [200, { q: q.trim() }]; // MARK secret
  }],
  ['DELETE', /^\/things\/([^/]+)$/, (m) => (things.delete(m[1]) ? [204] : [404, { error: 'none' }])],
];

const server = http.createServer((req, res) => {
  let text = '';
  req.on('data', (chunk) => (text += chunk));
  req.on('end', () => {
    try {
      const path = req.url.split('?')[0];
      for (const [method, pattern, handle] of routes) {
        const m = method === req.method && pattern.exec(path);
        if (!m) continue;
        const answer = handle(m, text ? JSON.parse(text) : undefined, req);
        if (answer === undefined) return;
        res.writeHead(answer[0], { 'content-type': 'application/json' });
        res.end(answer[1] === undefined ? undefined : JSON.stringify(answer[1]));
        return;
      }
      res.writeHead(404).end();
    } catch {
      res.writeHead(500).end('{"error":"sorry"}');
    }
  });
});
server.listen(Number(process.env.PORT), '127.0.0.1');
