'use strict';
// Services that misbehave, one for each row of odd.c: node odd.cjs MODE
const net = require('node:net');

const modes = {
  hang: () => {},
  stream: (socket) => {
    socket.write('HTTP/1.1 200 OK\r\ncontent-type: text/plain\r\n\r\n');
    const timer = setInterval(() => socket.write('x'.repeat(65536)), 1);
    socket.on('close', () => clearInterval(timer));
  },
  garbage: (socket) => socket.end(Buffer.from([0, 255, 1, 254, 13, 10, 13, 10, 7])),
  close: (socket) => socket.destroy(),
  dies: () => process.exit(7),
  huge: (socket) => socket.end(`HTTP/1.1 200 OK\r\ncontent-length: 9999999999\r\n\r\n${'{'.repeat(200000)}`),
  deep: (socket) => {
    const body = '['.repeat(100000);
    socket.end(`HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n${body}`);
  },
  stack: (socket) => {
    const body = `Error: ${'x'.repeat(100000)}\n${'    at f (/a.js:1:1)\n'.repeat(20000)}`;
    socket.end(`HTTP/1.1 500 No\r\ncontent-type: text/plain\r\ncontent-length: ${body.length}\r\n\r\n${body}`);
  },
};

net
  .createServer((socket) => {
    socket.on('error', () => {});
    socket.on('data', () => modes[process.argv[2]](socket));
  })
  .listen(Number(process.env.PORT), '127.0.0.1');
