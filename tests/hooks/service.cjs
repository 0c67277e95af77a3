'use strict';
// A service with every way to fail; line numbers are named by comments that node.test.mjs looks up.
const http = require('node:http');

function swallowed() {
  const user = undefined;
  return user.name; // MARK swallowed
}

function branches(flag) {
  if (flag === 'yes') {
    return 'taken'; // MARK taken
  }
  return 'other'; // MARK other
}

async function rejects() {
  await null;
  throw new RangeError('nobody waits'); // MARK rejects
}

function many() {
  let caught = 0;
  for (let i = 0; i < 5000; i++) {
    try {
      null.x; // eslint-disable-line
    } catch {
      caught += 1;
    }
  }
  return String(caught);
}

const routes = {
  '/ok': (req, res) => res.end(JSON.stringify({ headers: Object.keys(req.headers), raw: req.rawHeaders })),
  '/swallowed': (req, res) => res.end(swallowed()),
  '/text': () => {
    throw 'only a text'; // MARK text
  },
  '/branch': (req, res) => res.end(branches('no')),
  '/hang': () => {
    branches('yes');
  },
  '/reject': () => {
    rejects();
  },
  '/uncaught': () => {
    setImmediate(() => swallowed());
  },
  '/late': (req, res) => {
    res.end('fine so far');
    try {
      swallowed();
    } catch {
      setImmediate(() => req.socket.destroy());
    }
  },
  '/many': (req, res) => res.end(many()),
};

if (process.argv[2] === 'listens') process.on('unhandledRejection', () => console.log('noted'));

const server = http.createServer((req, res) => {
  try {
    routes[req.url](req, res);
  } catch {
    res.statusCode = 500;
    res.end('sorry');
  }
});
server.listen(0, '127.0.0.1', () => console.log(`port ${server.address().port} listeners ${process.listenerCount('uncaughtException')}`));
