// Shows that an answer key is true of its fixture.
//   node tests/keys/verify.mjs FIXTURE [--fuzz]
// 1. every "line" of the key still reads as its "text";
// 2. the baseline request of every operation gets a 2xx;
// 3. without a required field or parameter the baseline gets no 2xx, without another it still does;
// 4. the request of every fault fails as the key says, and on the key's line;
// 5. no request against a twin fails;
// 6. with --fuzz: requests bent in every field fail on no line that the key does not name.
// A fixture with a "compile" in its key is compiled in a scratch folder, twice: with sanitizers for all of the above (and
// nothing leaks but what the key says), and as its README says, to see what dies by a signal of its own.
// One in Python (its "start" names python3) runs on Debian's packages, from a scratch copy that is new with every start.
// Any other must be installed (npm ci --ignore-scripts) and, for TypeScript, built (npm run build).
import { execFile } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

import { build, NativeService, PlainService } from './native.mjs';
import { prepare, PythonService } from './python.mjs';
import { Service } from './service.mjs';

const here = path.dirname(fileURLToPath(import.meta.url));
const [fixture, ...flags] = process.argv.slice(2);
if (!fixture) {
  console.error('usage: verify.mjs FIXTURE [--fuzz]');
  process.exit(2);
}
const root = path.resolve(here, '../../fixtures', fixture);
const key = JSON.parse(fs.readFileSync(path.join(here, `${fixture}.json`), 'utf8'));
let failures = 0;
const fail = (text) => {
  failures += 1;
  console.log(`FAIL ${text}`);
};

const folder = key.compile ? build(root, key.compile, true) : root;
const python = key.start[0] === 'python3' ? prepare(root, key) : undefined;
const newService = () => {
  if (python) return new PythonService(python).start();
  return new (key.compile ? NativeService : Service)(folder, key.start).start();
};
// A sanitizer's report takes its time, and the connection is open until it is written.
const patience_s = key.compile ? 15 : 1.5;

// Runs the curl line of the key; "hang" when nothing came in time, "closed" when no answer came at all.
const curl = (line, base) =>
  new Promise((resolve) => {
    const command = `${line} -m ${patience_s} -o /dev/null -w '%{http_code}'`;
    execFile('sh', ['-c', command], { env: { PATH: process.env.PATH, BASE: base } }, (error, stdout) => {
      if (error && error.code === 28) return resolve('hang');
      if (error) return resolve('closed');
      resolve(stdout.trim());
    });
  });

async function send(base, operation, request) {
  const headers = { ...(request.headers ?? {}) };
  let { body } = request;
  if (request.file) {
    body = new FormData();
    for (const [name, value] of Object.entries(request.form ?? {})) body.append(name, value);
    body.append(request.file.field, new Blob([request.file.content], { type: request.file.type }), request.file.name);
  } else if (request.form) {
    body = new URLSearchParams(request.form);
  } else if (body !== undefined) {
    headers['content-type'] ??= 'application/json';
    if (typeof body !== 'string') body = JSON.stringify(body);
  }
  const url = base + (request.path ?? operation.path) + (request.query ? `?${request.query}` : '');
  const method = operation.method === 'ALL' ? 'GET' : operation.method;
  try {
    const response = await fetch(url, { method, headers, body, signal: AbortSignal.timeout(patience_s * 1000), redirect: 'manual' });
    await response.arrayBuffer();
    return response.status;
  } catch (error) {
    return error.name === 'TimeoutError' ? 'hang' : 'closed';
  }
}

function checkLines() {
  const sources = new Map();
  const rows = ['operations', 'faults', 'twins', 'extra_twins'].flatMap((part) => key[part] ?? []);
  for (const row of [...rows, ...rows.map((r) => r.site).filter(Boolean)]) {
    if (!sources.has(row.file)) {
      sources.set(row.file, fs.readFileSync(path.join(root, row.file), 'utf8').split('\n'));
    }
    const text = sources.get(row.file)[row.line - 1]?.trim();
    if (text !== row.text) fail(`${row.file}:${row.line} reads "${text}", the key says "${row.text}"`);
  }
  const names = new Set(key.operations.map((o) => `${o.method} ${o.path}`));
  for (const row of [...key.faults, ...key.twins]) {
    if (!names.has(row.operation)) fail(`${row.id} names an unknown operation ${row.operation}`);
  }
  return rows.length;
}

async function checkBaselines() {
  const service = await newService();
  for (const operation of key.operations) {
    const status = await send(service.base, operation, operation.baseline);
    if (!(status >= 200 && status < 300)) fail(`baseline ${operation.method} ${operation.path}: ${status}`);
  }
  for (const line of await service.stop()) fail(`the baselines leak what ${line} allocates`);
}

// A sanitizer ends the service with a report in both cases; checkSignals tells them apart.
const DEATHS = ['signal', 'sanitizer'];

// The baseline without one field or parameter.
function without(request, where, name) {
  const rest = structuredClone(request);
  if (where === 'query') {
    rest.query = (rest.query ?? '').split('&').filter((pair) => !pair.startsWith(`${name}=`)).join('&');
  } else if (where === 'header') {
    for (const header of Object.keys(rest.headers ?? {})) if (header.toLowerCase() === name.toLowerCase()) delete rest.headers[header];
  } else if (rest.file?.field === name) {
    delete rest.file;
  } else if (rest.form) {
    delete rest.form[name];
  } else {
    const steps = name.replaceAll('[]', '.0').split('.');
    const last = steps.pop();
    const holder = steps.reduce((value, step) => value?.[step], rest.body);
    if (holder) delete holder[last];
  }
  return rest;
}

// Without what is required no 2xx, without what is not required still a 2xx. Returns how many were tried.
async function checkRequired() {
  let service = await newService();
  let tried = 0;
  for (const operation of key.operations) {
    const fields = operation.body.filter((row) => !row.field.endsWith('[]'));
    const rows = [...operation.parameters, ...fields].filter((row) => row.in !== 'path' && row.in !== 'cookie');
    for (const row of rows) {
      const request = without(operation.baseline, row.in ?? 'body', row.name ?? row.field);
      const status = await send(service.base, operation, request);
      await service.settle(20);
      tried += 1;
      const good = status >= 200 && status < 300;
      if (good === row.required) {
        const what = `${row.in ?? 'body'} ${row.name ?? row.field}`;
        fail(`${operation.method} ${operation.path} without ${what} (required: ${row.required}): ${status}`);
      }
      if (Number(status) >= 400 && Number(status) < 500) continue;
      await service.stop();
      service = await newService();
    }
  }
  await service.stop();
  return tried;
}

async function checkFaults() {
  let service = await newService();
  for (const fault of key.faults) {
    const from = service.log.length;
    let shown = await curl(fault.request, service.base);
    await service.settle(120);
    if (service.exited) shown = DEATHS.includes(fault.shows) ? fault.shows : 'exit';
    let frames = service.frames(from);
    if (fault.shows === 'leak' && Number(shown) < 500) {
      frames = await service.stop();
      if (frames.length > 0) shown = 'leak';
    }
    if (shown !== fault.shows) fail(`${fault.id} ${fault.kind}: shows ${shown}, the key says ${fault.shows}`);
    // Some hangs leave no stack behind: the key then says "silent".
    if (fault.silent ? frames.length > 0 : !frames.includes(`${fault.file}:${fault.line}`)) {
      fail(`${fault.id} ${fault.kind}: stacks start at ${frames.join(' ') || 'nothing'}, the key says ${fault.file}:${fault.line}`);
    }
    console.log(`${fault.id} ${fault.kind.padEnd(20)} ${String(shown).padEnd(9)} ${frames[0] ?? '-'}`);
    if (service.exited || shown === 'hang') {
      await service.stop();
      service = await newService();
    }
  }
  await service.stop();
}

async function checkTwins() {
  const service = await newService();
  let sent = 0;
  for (const twin of [...key.twins, ...(key.extra_twins ?? [])]) {
    for (const request of twin.attacks) {
      const status = await curl(request, service.base);
      sent += 1;
      if (!(Number(status) >= 200 && Number(status) < 500)) fail(`twin ${twin.id}: ${request} gave ${status}`);
    }
  }
  if (service.exited) fail('the service died under the twins');
  else for (const line of await service.stop()) fail(`the twins leak what ${line} allocates`);
  return sent;
}

async function checkSignals() {
  const plain = build(root, key.compile, false);
  for (const fault of key.faults.filter((row) => row.shows === 'signal')) {
    const service = await new PlainService(plain, key.start).start();
    await curl(fault.request, service.base);
    await service.settle(120);
    if (!service.exited || !service.signal) fail(`${fault.id} ${fault.kind}: no signal without sanitizers`);
    await service.stop();
  }
}

const BENT = [null, 5, -1, 1.5, 1e21, '', 'x', true, [], ['a'], [null], {}, { a: null }];

function* bentBodies(value) {
  for (const other of BENT) yield other;
  if (value === null || typeof value !== 'object') return;
  for (const name of Object.keys(value)) {
    const rest = Array.isArray(value) ? value.slice() : { ...value };
    if (!Array.isArray(value)) {
      delete rest[name];
      yield rest;
    }
    for (const inner of bentBodies(value[name])) {
      const copy = Array.isArray(value) ? value.slice() : { ...value };
      copy[name] = inner;
      yield copy;
    }
  }
}

function* bentRequests(operation) {
  const good = operation.baseline;
  yield { ...good, headers: undefined };
  yield { ...good, headers: { ...good.headers, authorization: 'x' } };
  for (const parameter of operation.parameters) {
    if (parameter.in === 'path') {
      const from = operation.path.split('/');
      const to = (good.path ?? operation.path).split('/');
      const at = from.indexOf(`{${parameter.name}}`);
      for (const text of ['0', '-1', 'x', '999999', '%E0%A4%A', '%00', 'null', '__proto__', 'constructor', '1e3', '%2F']) {
        yield { ...good, path: [...to.slice(0, at), text, ...to.slice(at + 1)].join('/') };
      }
    } else if (parameter.in === 'query') {
      const others = (good.query ?? '').split('&').filter((pair) => pair && !pair.startsWith(`${parameter.name}=`));
      for (const text of ['', '=', '=x', '=0', '=-1', '=101', '=1e9', '=%5B', '=null', '=a&NAME=b', '[]=1', '[k]=1', '=%E0%A4%A']) {
        yield { ...good, query: [...others, parameter.name + text.replace('NAME', parameter.name)].join('&') };
      }
      yield { ...good, query: others.join('&') };
    } else {
      const name = parameter.in === 'cookie' ? 'cookie' : parameter.name;
      for (const text of ['', 'x', '%', `${parameter.name}=`, `${parameter.name}=%`, ';;=;']) {
        yield { ...good, headers: { ...good.headers, [name]: text } };
      }
    }
  }
  if (operation.method !== 'GET' && operation.method !== 'ALL') {
    const plain = { ...good, file: undefined, form: undefined };
    yield { ...plain, body: undefined };
    yield { ...plain, body: '{' };
    yield { ...plain, body: 'a=1', headers: { ...good.headers, 'content-type': 'application/x-www-form-urlencoded' } };
    yield { ...plain, body: '{}', headers: { ...good.headers, 'content-type': 'text/plain' } };
    yield { ...plain, body: 'x', headers: { ...good.headers, 'content-type': 'multipart/form-data; boundary=b' } };
    if (good.file) {
      yield { ...good, file: { ...good.file, field: 'other' } };
      yield { ...good, file: { ...good.file, type: 'text/plain' } };
      yield { ...good, file: { ...good.file, content: 'x'.repeat(600 * 1024) } };
    }
    for (const name of Object.keys(good.form ?? {})) {
      yield { ...good, form: Object.fromEntries(Object.entries(good.form).filter(([other]) => other !== name)) };
      for (const text of ['', 'x', '0', '-1', '1.5', '9'.repeat(30), '%', '[]', 'null']) {
        yield { ...good, form: { ...good.form, [name]: text } };
      }
    }
    for (const body of bentBodies(good.body ?? {})) yield { ...plain, body };
  }
}

async function fuzz() {
  const known = new Set(key.faults.map((fault) => `${fault.file}:${fault.line}`));
  const hit = new Set();
  let service;
  let sent = 0;
  for (const operation of key.operations) {
    service = await newService();
    for (const request of bentRequests(operation)) {
      const from = service.log.length;
      const status = await send(service.base, operation, request);
      sent += 1;
      if (Number(status) < 500) continue;
      await service.settle(60);
      const frames = service.frames(from);
      // The library itself hangs up on a body that it cannot read; the service lives.
      if (key.compile && status === 'closed' && !service.exited && frames.length === 0) continue;
      const named = frames.filter((frame) => known.has(frame));
      const silent = key.faults.some((f) => f.silent && f.operation === `${operation.method} ${operation.path}`);
      if (named.length === 0 && !silent) {
        fail(`fuzz ${operation.method} ${operation.path} ${JSON.stringify(request)}: ${status} at ${frames.join(' ') || 'nothing'}`);
      }
      named.forEach((frame) => hit.add(`${operation.method} ${operation.path} ${frame}`));
      if (service.exited || status === 'hang') {
        await service.stop();
        service = await newService();
      }
    }
    for (const line of await service.stop()) {
      if (!known.has(line)) fail(`fuzz ${operation.method} ${operation.path} leaks what ${line} allocates`);
      hit.add(`${operation.method} ${operation.path} ${line}`);
    }
  }
  console.log(`fuzz: ${sent} requests; failing places:`);
  for (const line of [...hit].sort()) console.log(`  ${line}`);
}

const lines = checkLines();
await checkBaselines();
const tried = await checkRequired();
await checkFaults();
const attacks = await checkTwins();
if (key.compile) await checkSignals();
if (flags.includes('--fuzz')) await fuzz();
console.log(
  `${fixture}: ${lines} lines, ${key.operations.length} operations, ${key.faults.length} faults, ` +
    `${key.twins.length} twins (${attacks} requests), ${tried} required flags, ${failures} failures`,
);
process.exit(failures ? 1 : 0);
