// What hooks/node/faultline-hook.cjs reports, and that it changes nothing.   node --test tests/hooks
// Other versions of Node: FAULTLINE_NODE=/path/to/node node --test tests/hooks
import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import http from 'node:http';
import test from 'node:test';
import { fileURLToPath } from 'node:url';

const here = path.dirname(fileURLToPath(import.meta.url));
const hook = path.resolve(here, '../../hooks/node/faultline-hook.cjs');
const node = process.env.FAULTLINE_NODE || process.execPath;

function line(file, mark) {
  const index = fs.readFileSync(path.join(here, file), 'utf8').split('\n').findIndex((text) => text.includes(`MARK ${mark}`));
  assert.notEqual(index, -1);
  return index + 1;
}

class Service {
  static async start(t, file, { args = [], hooked = true, root = here } = {}) {
    const service = new Service();
    service.folder = fs.mkdtempSync(path.join(os.tmpdir(), 'faultline-hook-'));
    service.report = path.join(service.folder, 'report.jsonl');
    const env = { PATH: process.env.PATH, NODE_OPTIONS: `--require "${hook}"` };
    if (hooked) Object.assign(env, { FAULTLINE_REPORT: service.report, FAULTLINE_ROOT: root });
    service.child = spawn(node, [path.join(here, file), ...args], { env, stdio: ['ignore', 'pipe', 'pipe'] });
    service.output = '';
    service.exit = new Promise((resolve) => service.child.on('close', (code, signal) => resolve({ code, signal })));
    t.after(async () => {
      service.child.kill('SIGKILL');
      await service.exit;
      fs.rmSync(service.folder, { recursive: true });
    });
    service.port = await new Promise((resolve, reject) => {
      const read = (chunk) => {
        service.output += chunk;
        const found = /port (\d+)/.exec(service.output);
        if (found) resolve(Number(found[1]));
      };
      service.child.stdout.on('data', read);
      service.child.stderr.on('data', read);
      service.exit.then(() => reject(new Error(service.output)));
    });
    return service;
  }

  get(url, headers = {}, limit = 5000) {
    return new Promise((resolve) => {
      const request = http.get({ host: '127.0.0.1', port: this.port, path: url, headers, agent: false }, (response) => {
        let body = '';
        response.on('data', (chunk) => (body += chunk));
        response.on('end', () => resolve({ status: response.statusCode, body }));
      });
      request.on('error', (error) => resolve({ error: error.code }));
      request.setTimeout(limit, () => request.destroy());
    });
  }

  events(type) {
    if (!fs.existsSync(this.report)) return [];
    const all = fs.readFileSync(this.report, 'utf8').split('\n').filter(Boolean).map((text) => JSON.parse(text));
    return type ? all.filter((event) => event.type === type) : all;
  }
}

const mark = (number, lines = '') => ({ 'x-faultline-request': `${number}${lines}` });

// Did the code of a line run, by the innermost range around its start?
function ran(event, file, mark_) {
  const source = fs.readFileSync(path.join(here, file), 'utf8').split('\n');
  const at = line(file, mark_) - 1;
  const offset = source.slice(0, at).join('\n').length + 1 + source[at].search(/\S/);
  const { ranges } = event.files.find((each) => each.file === path.join(here, file)) ?? { ranges: [] };
  let best;
  for (let i = 0; i < ranges.length; i += 3) {
    const [start, end, count] = ranges.slice(i, i + 3);
    if (start <= offset && offset < end && (!best || end - start <= best.length)) best = { length: end - start, count };
  }
  return best !== undefined && best.count > 0;
}

test('an error that the application swallows', async (t) => {
  const service = await Service.start(t, 'service.cjs');
  assert.equal((await service.get('/swallowed', mark(7))).status, 500);
  const [event, ...more] = service.events('error');
  assert.equal(more.length, 0);
  assert.equal(event.request, 7);
  assert.equal(event.name, 'TypeError');
  assert.match(event.stack, /Cannot read properties of undefined/);
  assert.deepEqual(event.frames[0].slice(0, 3), ['swallowed', path.join(here, 'service.cjs'), line('service.cjs', 'swallowed')]);
  assert.deepEqual(service.events('answer'), [{ type: 'answer', request: 7, status: 500 }]);
});

test('a failure behind the answer cuts the connection', async (t) => {
  const service = await Service.start(t, 'service.cjs');
  const agent = new http.Agent({ keepAlive: true });
  t.after(() => agent.destroy());
  const get = (url, number) => new Promise((resolve, reject) => {
    const options = { host: '127.0.0.1', port: service.port, path: url, headers: mark(number), agent };
    http.get(options, (response) => response.resume().on('end', () => resolve(response.statusCode))).on('error', reject);
  });
  for (let i = 1; i <= 12; i += 1) assert.equal(await get('/ok', i), 200); // one connection: listeners must not pile up
  assert.equal(service.events('cut').length, 0);
  assert.equal(await get('/late', 20), 200);
  await new Promise((resolve) => setTimeout(resolve, 200));
  assert.deepEqual(service.events('cut'), [{ type: 'cut', request: 20 }]);
  const of20 = service.events().filter((event) => event.request === 20).map((event) => event.type);
  assert.deepEqual(of20, ['answer', 'error', 'cut']);
  assert.doesNotMatch(service.output, /MaxListeners/);
});

test('a thrown text has frames', async (t) => {
  const service = await Service.start(t, 'service.cjs');
  await service.get('/text', mark(1));
  const [event] = service.events('error');
  assert.equal(event.message, 'only a text');
  assert.equal(event.frames[0][2], line('service.cjs', 'text'));
});

test('a module', async (t) => {
  const service = await Service.start(t, 'service.mjs');
  assert.equal((await service.get('/', mark(1))).status, 500);
  const [event] = service.events('error');
  assert.equal(event.name, 'SyntaxError');
  assert.deepEqual(event.frames[0].slice(1, 3), [path.join(here, 'service.mjs'), line('service.mjs', 'parse')]);
});

test('the application does not see the mark, nor its answers', async (t) => {
  const service = await Service.start(t, 'service.cjs');
  const { headers, raw } = JSON.parse((await service.get('/ok', mark(1))).body);
  assert.ok(!headers.includes('x-faultline-request'));
  assert.ok(!raw.some((text) => text.toLowerCase().includes('faultline')));
  assert.equal(raw.length % 2, 0);
  assert.equal((await service.get('/', { 'x-faultline-flush': '1' })).status, 204);
});

test('without a mark nothing is reported', async (t) => {
  const service = await Service.start(t, 'service.cjs');
  await service.get('/swallowed');
  assert.deepEqual(service.events().map((event) => event.type), ['hello', 'listening']);
  assert.equal(service.events('listening')[0].port, service.port);
});

test('without FAULTLINE_REPORT it does nothing', async (t) => {
  const service = await Service.start(t, 'service.cjs', { hooked: false });
  const { headers } = JSON.parse((await service.get('/ok', mark(1))).body);
  assert.ok(headers.includes('x-faultline-request'));
  assert.equal(fs.readdirSync(service.folder).length, 0);
});

test('an unhandled rejection ends the process as it would without us', async (t) => {
  const service = await Service.start(t, 'service.cjs');
  assert.equal((await service.get('/reject', mark(3))).error, 'ECONNRESET');
  assert.deepEqual(await service.exit, { code: 1, signal: null });
  const [event, ...more] = service.events('rejection');
  assert.equal(more.length, 0);
  assert.equal(event.request, 3);
  assert.match(event.stack, new RegExp(`service\\.cjs:${line('service.cjs', 'rejects')}:`));
  assert.equal(service.events('uncaught').length, 0);
  assert.deepEqual(service.events('exit'), [{ type: 'exit', request: 3, code: 1 }]);
});

test('an unhandled rejection that a listener notes leaves the process alive', async (t) => {
  const service = await Service.start(t, 'service.cjs', { args: ['listens'] });
  await service.get('/reject', mark(3), 300);
  assert.equal(service.events('rejection').length, 1);
  assert.equal((await service.get('/ok')).status, 200);
  assert.match(service.output, /noted/);
});

test('an uncaught exception ends the process; we are no listener', async (t) => {
  const service = await Service.start(t, 'service.cjs');
  assert.match(service.output, /listeners 0/);
  await service.get('/uncaught', mark(3));
  assert.deepEqual(await service.exit, { code: 1, signal: null });
  assert.equal(service.events('uncaught')[0].name, 'TypeError');
  assert.match(service.output, /Cannot read properties of undefined/);
});

test('which lines ran in one request', async (t) => {
  const service = await Service.start(t, 'service.cjs');
  await service.get('/branch', mark(1, ';lines'));
  await service.get('/ok', mark(2, ';lines'));
  await service.get('/branch');
  await service.get('/ok', mark(3, ';lines'));
  const [first, second, third] = service.events('lines');
  assert.ok(ran(first, 'service.cjs', 'other'));
  assert.ok(!ran(first, 'service.cjs', 'taken'));
  for (const event of [second, third]) {
    assert.ok(!ran(event, 'service.cjs', 'other'));
  }
});

test('lines of a request that is never answered', async (t) => {
  const service = await Service.start(t, 'service.cjs');
  await service.get('/hang', mark(4, ';lines'), 200);
  assert.equal(service.events('lines').length, 0);
  await service.get('/', { 'x-faultline-flush': '4' });
  const [event] = service.events('lines');
  assert.equal(event.request, 4);
  assert.ok(ran(event, 'service.cjs', 'taken'));
});

test('files outside the project are not reported', async (t) => {
  const service = await Service.start(t, 'service.cjs', { root: '/nowhere' });
  await service.get('/branch', mark(1, ';lines'));
  assert.deepEqual(service.events('lines')[0].files, []);
});

test('thousands of errors in one request', async (t) => {
  const service = await Service.start(t, 'service.cjs');
  const start = Date.now();
  assert.equal((await service.get('/many', mark(1))).body, '5000');
  assert.ok(Date.now() - start < 2000);
  assert.ok(service.events('error').length <= 60);
  await service.get('/swallowed', mark(2));
  assert.equal(service.events('error').filter((event) => event.request === 2).length, 1);
});

test('a build is asked for source maps, once', (t) => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'faultline-maps-'));
  t.after(() => fs.rmSync(folder, { recursive: true }));
  const maps = path.resolve(here, '../../hooks/node/faultline-maps.cjs');
  const run = (name, args) => {
    fs.writeFileSync(path.join(folder, name), 'console.log(JSON.stringify(process.argv.slice(2)))');
    const env = { PATH: process.env.PATH, NODE_OPTIONS: `--require "${maps}"` };
    return JSON.parse(spawnSync(node, [path.join(folder, name), ...args], { env, cwd: folder, encoding: 'utf8' }).stdout);
  };
  const rows = [
    ['tsc', [], ['--sourceMap']],
    ['tsc', ['-p', 'other.json'], ['-p', 'other.json', '--sourceMap']],
    ['tsc', ['--sourceMap', 'false'], ['--sourceMap', 'false']],
    ['tsc', ['--inlineSourceMap'], ['--inlineSourceMap']],
    ['tsc', ['-b'], ['-b']],
    ['tsc', ['--version'], ['--version']],
    ['babel.js', ['src', '-d', 'dist'], ['src', '-d', 'dist', '--source-maps']],
    ['server.js', [], []],
  ];
  for (const [name, args, wanted] of rows) assert.deepEqual(run(name, args), wanted, `${name} ${args}`);
  fs.writeFileSync(path.join(folder, 'tsconfig.json'), '{"compilerOptions": {"inlineSourceMap": true}}');
  assert.deepEqual(run('tsc', []), []);
});

test('connections are led to another port, with TLS in their address or not', async (t) => {
  const seen = [];
  const server = http.createServer((request, response) => {
    seen.push(`${request.headers.host}${request.url}`);
    response.setHeader('connection', 'close');
    response.end('ok');
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.after(() => server.close());
  const { port } = server.address();
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'faultline-hook-'));
  t.after(() => fs.rmSync(folder, { recursive: true }));
  fs.writeFileSync(path.join(folder, 'calls.mjs'), `
    import http from 'node:http';
    import https, { get } from 'node:https';
    import { connect } from 'node:tls';
    const read = (how, ...args) => new Promise((resolve) => how(...args, (got) => got.on('data', (piece) => resolve(String(piece)))).on('error', (error) => resolve(error.code)));
    const said = [await (await fetch('https://far.invalid/a')).text(), await (await fetch('http://near.invalid:8080/b')).text(), await read(https.get, 'https://FAR.invalid/c'),
      await read(get, { host: 'far.invalid', path: '/d', agent: new https.Agent({ keepAlive: true }) }), await read(http.get, 'http://near.invalid:8080/e'),
      await new Promise((resolve) => { const socket = connect(443, 'far.invalid', () => { resolve(socket.encrypted); socket.destroy(); }); }),
      await fetch('https://far.invalid:444/').catch(() => 'the rest is not')];
    console.log(said.join(' '));
    process.exit();
  `);
  const env = { PATH: process.env.PATH, NODE_OPTIONS: `--require "${hook}"`, FAULTLINE_REPORT: path.join(folder, 'report'), FAULTLINE_UPSTREAMS: `far.invalid:443=${port} near.invalid:8080=${port} ` };
  const child = spawn(node, [path.join(folder, 'calls.mjs')], { env, stdio: ['ignore', 'pipe', 'inherit'] });
  let output = '';
  child.stdout.on('data', (piece) => (output += piece));
  await new Promise((resolve) => child.on('close', resolve));
  assert.equal(output, 'ok ok ok ok ok true the rest is not\n');
  assert.deepEqual(seen, ['far.invalid/a', 'near.invalid:8080/b', 'far.invalid/c', 'far.invalid/d', 'near.invalid:8080/e']);
});
