// The same as an ECMAScript module, in a folder of its own.
import { createServer } from 'node:http';

const server = createServer((req, res) => {
  try {
    JSON.parse('{'); // MARK parse
  } catch (error) {
    res.writeHead(500).end(error.name);
  }
});
server.listen(0, '127.0.0.1', () => console.log(`port ${server.address().port}`));
