// A fixture under a key: started on a free port, its output collected, and the lines that its stacks begin on.
import { spawn } from 'node:child_process';
import net from 'node:net';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const here = path.dirname(fileURLToPath(import.meta.url));
export const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

const freePort = () =>
  new Promise((resolve) => {
    const server = net.createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });

export class Service {
  // root: where the sources are that stacks name; command: what starts it there.
  constructor(root, command) {
    this.root = root;
    this.command = command;
    this.attempts = 200;
  }

  environment() {
    return { NODE_OPTIONS: `--enable-source-maps --require ${path.join(here, 'stacks.cjs')}` };
  }

  async start() {
    this.port = await freePort();
    this.log = '';
    this.exited = false;
    const [command, ...args] = this.command.map((text) => text.replace('$PORT', this.port));
    this.child = spawn(command, args, {
      cwd: this.root,
      env: { PATH: process.env.PATH, PORT: String(this.port), ...this.environment() },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.child.stdout.on('data', (chunk) => (this.log += chunk));
    this.child.stderr.on('data', (chunk) => (this.log += chunk));
    this.done = new Promise((resolve) => this.child.on('close', resolve));
    this.done.then(() => (this.exited = true));
    for (let i = 0; i < this.attempts && !this.exited; i++) {
      if (await this.accepts()) return this;
      await sleep(25);
    }
    throw new Error(`${this.command.join(' ')} did not start:\n${this.log}`);
  }

  accepts() {
    return new Promise((resolve) => {
      const socket = net.connect(this.port, '127.0.0.1');
      socket.on('connect', () => (socket.destroy(), resolve(true)));
      socket.on('error', () => resolve(false));
    });
  }

  get base() {
    return `http://127.0.0.1:${this.port}`;
  }

  // After a request: until its traces are in the log.
  async settle(ms) {
    await sleep(ms);
  }

  // Ends the service; the lines of what it leaked, where that can be known.
  async stop() {
    this.child.kill('SIGKILL');
    await this.done;
    return [];
  }

  // The first frame inside the fixture of every stack since the given point of the log.
  frames(from) {
    const text = this.log.slice(from).replace(/\\n/g, '\n');
    const stacks = text.split(/^(?=\S.*\n(?:.*\n)?\s+at )/m);
    const found = [];
    for (const stack of stacks) {
      for (const line of stack.split('\n')) {
        const frame = /^\s+at (?:.*\()?(?:file:\/\/)?(\/[^():]+):(\d+)(?::\d+)?\)?$/.exec(line);
        if (frame && frame[1].startsWith(this.root + path.sep) && !frame[1].includes('node_modules')) {
          found.push(`${path.relative(this.root, frame[1])}:${frame[2]}`);
          break;
        }
      }
    }
    return found;
  }
}
