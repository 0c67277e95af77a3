// Sends the `requests` of golden cases to their running programs, on the real framework: every request of a case that
// fires must fail (5xx, no answer, death of the process), on a line that is expected; every request of a silent one must not.
//   node tests/keys/requests.mjs MODULES4 MODULES5 [GROUP/CASE]...
// MODULES4 and MODULES5 are folders whose node_modules hold Express 4 and 5 (and multer, zod, mongodb, typescript…);
// the program is copied below them. A line of `requests` is: METHOD PATH [header: value]… BODY
import { execFileSync, spawn } from 'node:child_process';
import fs from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const here = path.dirname(fileURLToPath(import.meta.url));
const golden = path.resolve(here, '../golden');
const [modules4, modules5, ...wanted] = process.argv.slice(2);
if (!modules5) {
  console.error('usage: requests.mjs MODULES4 MODULES5 [GROUP/CASE]...');
  process.exit(2);
}
const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
const list = (folder) => fs.readdirSync(folder, { withFileTypes: true }).filter((e) => e.isDirectory()).map((e) => e.name);
const linesOf = (file) => (fs.existsSync(file) ? fs.readFileSync(file, 'utf8').split('\n').filter(Boolean) : []);

let problems = 0;
let sent = 0;
const problem = (text) => {
  problems += 1;
  console.log(`FAILED ${text}`);
};

function prepare(name) {
  const input = path.join(golden, name, 'input');
  const manifest = JSON.parse(fs.readFileSync(path.join(input, 'package.json'), 'utf8'));
  const modules = path.resolve(manifest.dependencies.express.startsWith('^4') ? modules4 : modules5);
  const folder = path.join(modules, `requests.${process.pid}`);
  fs.rmSync(folder, { recursive: true, force: true });
  fs.cpSync(input, folder, { recursive: true });
  let { main } = manifest;
  if (main.endsWith('.ts')) {
    const options = '--sourceMap --noCheck --esModuleInterop --target es2022 --module commonjs'.split(' ');
    execFileSync('node', [path.join(modules, 'node_modules/typescript/bin/tsc'), '--outDir', folder, ...options, path.join(folder, main)]);
    main = main.replace(/\.ts$/, '.js');
  }
  return { folder, main };
}

const freePort = () =>
  new Promise((resolve) => {
    const server = net.createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });

const accepts = (port) =>
  new Promise((resolve) => {
    const socket = net.connect(port, '127.0.0.1');
    socket.on('connect', () => (socket.destroy(), resolve(true)));
    socket.on('error', () => resolve(false));
  });

async function start({ folder, main }) {
  const service = { port: await freePort(), log: '', isDead: false };
  service.child = spawn('node', ['--enable-source-maps', '-r', path.join(here, 'stacks.cjs'), main], {
    cwd: folder,
    env: { PATH: process.env.PATH, PORT: String(service.port) },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  service.child.stdout.on('data', (chunk) => (service.log += chunk));
  service.child.stderr.on('data', (chunk) => (service.log += chunk));
  service.done = new Promise((resolve) => service.child.on('close', resolve));
  service.done.then(() => (service.isDead = true));
  for (let i = 0; i < 200 && !service.isDead; i++) {
    if (await accepts(service.port)) return service;
    await sleep(25);
  }
  throw new Error(`did not start: ${service.log.slice(0, 400)}`);
}

const stop = (service) => (service.child.kill('SIGKILL'), service.done);

function send(port, line) {
  const [, method, target, fields, body] = /^([A-Z]+) (\S+)((?: \[[a-z-]+: [^\]]*\])*)(?: (.*))?$/.exec(line);
  const headers = [...fields.matchAll(/\[([a-z-]+: [^\]]*)\]/g)].map((match) => match[1]);
  if (body !== undefined && !headers.some((header) => header.startsWith('content-type:'))) {
    headers.push('content-type: application/json');
  }
  const words = ['-sS', '-g', '-m', '1.5', '-X', method, '-o', '/dev/null', '-w', '%{http_code}'];
  words.push(...headers.flatMap((header) => ['-H', header]));
  if (body !== undefined) words.push('--data-binary', body);
  return new Promise((resolve) => {
    const child = spawn('curl', [...words, `http://127.0.0.1:${port}${target}`], { stdio: ['ignore', 'pipe', 'ignore'] });
    let status = '';
    child.stdout.on('data', (chunk) => (status += chunk));
    child.on('close', () => resolve(status));
  });
}

async function check(name) {
  const findings = linesOf(path.join(golden, name, 'expected.findings'));
  const mustFail = findings.length > 0 || name.startsWith('js-fix/');
  const expected = findings.map((finding) => finding.split(' ')[0]);
  const program = prepare(name);
  let service = await start(program);
  for (const line of linesOf(path.join(golden, name, 'requests'))) {
    const from = service.log.length;
    const status = await send(service.port, line);
    sent += 1;
    await sleep(60);
    const failed = service.isDead || !(Number(status) >= 200 && Number(status) < 500);
    if (failed !== mustFail) problem(`${name}: ${line} gave ${status}`);
    const text = service.log.slice(from).replaceAll('\\n', '\n').replaceAll(program.folder + path.sep, '@@');
    const frames = [...text.matchAll(/@@([^:\s()]+:\d+)/g)].map((match) => match[1]);
    // Where nobody forwards a rejection the stack starts at the throw, and may not reach the promise.
    const isLineKnown = name.includes('unhandled-rejection') || expected.length === 0 || expected.includes(frames[0]);
    if (failed && mustFail && !isLineKnown) problem(`${name}: ${line} failed at ${frames[0]}, expected ${expected.join(' ')}`);
    if (service.isDead || status === '000') {
      await stop(service);
      service = await start(program);
    }
  }
  await stop(service);
  fs.rmSync(program.folder, { recursive: true, force: true });
}

const all = list(golden).flatMap((group) => list(path.join(golden, group)).map((name) => `${group}/${name}`));
const cases = (wanted.length > 0 ? wanted : all).filter((name) => fs.existsSync(path.join(golden, name, 'requests')));
for (const name of cases) {
  try {
    await check(name);
  } catch (error) {
    problem(`${name}: ${error.message}`);
  }
}
console.log(`requests: ${cases.length} cases, ${sent} requests, ${problems} problems`);
process.exit(problems ? 1 : 0);
