// What an HTTP client compares, and a handler that is not served, are no routes.
const http = require('http');

function check(message) {
  if (message.method === 'GET' && message.url === '/not-a-route') return true;
  return message.url.startsWith('/nor-this/');
}

http.get('http://127.0.0.1:1/answer', (res) => {
  if (res.method === 'POST' && res.url === '/client') console.log(check(res));
});

http.createServer((req, res) => {
  if (req.headers['x-path'] === '/header-value') {
    res.statusCode = 400;
    return res.end('no');
  }
  if (req.method === 'GET' && req.url === '/real') return res.end('yes');
  res.statusCode = 404;
  res.end();
}).listen(3000);
