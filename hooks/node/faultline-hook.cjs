'use strict';
/*
 * Faultline's eyes inside a Node process (18 and newer): preloaded by NODE_OPTIONS="--require …", silent unless
 * FAULTLINE_REPORT names a file. It changes nothing that the application can rely on; it appends JSON lines:
 *
 *   {"type":"hello","pid":1,"runtime":"node v20.1.0"}       once a process
 *   {"type":"listening","port":3000}                        a server accepts
 *   {"type":"error","request":7,"name","message","stack","frames":[["fn","/abs/file.js",12,5],…],"thrower":"/abs/file.js"}
 *                                                           thrown or rejected while request 7 was the newest, caught or not;
 *                                                           frames and thrower are V8's own, lines and columns from 1
 *   {"type":"rejection"|"uncaught","request":7,…}           the same fields, when nobody handled it
 *   {"type":"answer","request":7,"status":500}              written before the client can see the end of the answer
 *   {"type":"lines","request":7,"files":[{"file":"/abs/file.js","ranges":[start,end,count,…]}]}
 *                                                           UTF-16 offsets; nested ranges follow their outer one
 *   {"type":"script","file":"/abs/file.ts","text":"…"}      what really ran, before its first lines: compiled while loading
 *   {"type":"streaming","request":7,"status":200}           it has begun to answer, but is not at the end (at a flush)
 *   {"type":"cut","request":7}                              the connection was to stay open behind the answer, and was closed
 *   {"type":"exit","request":7,"code":1}
 *
 * The client marks its requests: `x-faultline-request: 7`, or `7;lines` when it wants to know which lines ran.
 * `x-faultline-flush: 7` is answered here (204) and reports the lines of a request that never gets its answer.
 * Marked requests are meant to come one at a time. Both headers are taken off before the application sees them.
 *
 * FAULTLINE_UPSTREAMS="rates.example.com:443=40001 …": connections to that host and port lead to that port of this machine, without TLS.
 *
 * How: an inspector session in this very thread. V8 hands over `Debugger.paused` synchronously and, since a session of
 * the same thread cannot keep the thread paused, goes on at once: so errors that a middleware swallows are seen as well.
 */

const LOADED = Symbol.for('faultline.hook');
if (process.env.FAULTLINE_REPORT && !globalThis[LOADED]) {
  Object.defineProperty(globalThis, LOADED, { value: true });
  start(process.env.FAULTLINE_REPORT, process.env.FAULTLINE_ROOT || process.cwd());
  if (process.env.FAULTLINE_UPSTREAMS) lead(process.env.FAULTLINE_UPSTREAMS.trim().split(/\s+/).map((each) => each.split('=')));
}

// Everything that connects ends in these two: http, fetch, and what packages make of them.
function lead(list) {
  const net = require('node:net');
  const tls = require('node:tls');
  const ports = new Map(list);
  const ours = (options) => ports.get(`${options.host || options.servername || ''}:${options.port}`.toLowerCase());
  const { connect } = net.Socket.prototype;
  net.Socket.prototype.connect = function (...args) {
    const given = Array.isArray(args[0]) ? args[0] : args; // what net.connect() made of its arguments, or they themselves
    if (typeof given[0] === 'object' && given[0] !== null) {
      const port = ours(given[0]);
      if (port !== undefined) given[0] = { ...given[0], host: '127.0.0.1', port: Number(port), lookup: undefined };
    } else if (ports.has(`${given[1]}:${given[0]}`.toLowerCase())) {
      [given[0], given[1]] = [Number(ports.get(`${given[1]}:${given[0]}`.toLowerCase())), '127.0.0.1'];
    }
    return connect.apply(this, args);
  };
  const secure = tls.connect;
  tls.connect = function (...args) {
    const options = args.find((each) => each !== null && typeof each === 'object') ?? {};
    const where = { port: typeof args[0] === 'object' ? undefined : args[0], host: typeof args[1] === 'string' ? args[1] : undefined, ...options };
    if (options.socket || ours(where) === undefined) return secure.apply(this, args);
    const socket = net.connect({ host: '127.0.0.1', port: Number(ours(where)) });
    const done = args.find((each) => typeof each === 'function');
    Object.assign(socket, { encrypted: true, authorized: true, alpnProtocol: false, getPeerCertificate: () => ({}), getSession: () => undefined, isSessionReused: () => false, getProtocol: () => 'TLSv1.3' });
    if (done) socket.once('secureConnect', done);
    socket.once('connect', () => socket.emit('secureConnect'));
    return socket;
  };
  require('node:module').syncBuiltinESMExports();
}

function start(reportPath, root) {
  const fs = require('node:fs');
  const { writeSync, openSync } = fs;
  const path = require('node:path');
  const { fileURLToPath } = require('node:url');
  const limits = { errors: 60, frames: 40, text: 20000, script: 4000000 };
  const below = root.endsWith(path.sep) ? root : root + path.sep;
  const inner = `${path.sep}node_modules${path.sep}`;
  const isOurs = (file) => file.startsWith(below) && !file.includes(inner, below.length - 1);

  let fd;
  try {
    fd = openSync(reportPath, 'a', 0o600);
  } catch {
    return;
  }
  const stringify = JSON.stringify;
  function report(event) {
    const line = Buffer.from(stringify(event) + '\n');
    for (let at = 0, tries = 0; at < line.length && tries < 100; tries += 1) {
      try {
        at += writeSync(fd, line, at);
      } catch (error) {
        if (error.code !== 'EAGAIN') return;
      }
    }
  }

  let current = 0; // the newest marked request
  let answering; // its response
  let errors = 0; // reported for it
  const cut = (text) => String(text).slice(0, limits.text);

  report({ type: 'hello', pid: process.pid, runtime: `node ${process.version}` });

  // ---- errors -------------------------------------------------------------------------------------------------

  let session; // undefined: not connected, null: this build has no inspector
  const scripts = new Map(); // script id → url
  const compiled = new Map(); // file → id of its script, when that has a source map inside

  function connect() {
    if (session !== undefined) return session;
    try {
      const { Session } = require('node:inspector');
      session = new Session();
      session.connect();
    } catch {
      session = null;
    }
    return session;
  }

  const post = (method, params = {}) => {
    let result;
    session.post(method, params, (error, value) => {
      result = error ? undefined : value;
    });
    return result;
  };

  function fileOf(url) {
    if (!url.startsWith('file://')) return url;
    try {
      return fileURLToPath(url);
    } catch {
      return url;
    }
  }

  function framesOf(callFrames) {
    const frames = [];
    for (const { functionName, url, location } of callFrames) {
      const file = fileOf(url || scripts.get(location.scriptId) || '');
      if (file === __filename || file.startsWith('node:')) continue;
      frames.push([functionName, file, location.lineNumber + 1, location.columnNumber + 1]);
      if (frames.length === limits.frames) break;
    }
    return frames;
  }

  function onPaused({ params: { reason, data, callFrames } }) {
    try {
      if ((reason === 'exception' || reason === 'promiseRejection') && current !== 0 && errors < limits.errors) {
        errors += 1;
        const event = { type: 'error', request: current, name: '', message: '', stack: '', frames: framesOf(callFrames) };
        const own = callFrames[0] && (callFrames[0].url || scripts.get(callFrames[0].location.scriptId) || '');
        event.thrower = own ? fileOf(own) : '';
        if (data && data.type === 'object') {
          event.name = data.className || '';
          event.stack = cut(data.description || '');
        } else if (data) {
          event.message = cut(data.value ?? data.description ?? '');
        }
        if (event.frames.length !== 0) reportScript(event.frames[0][1]);
        report(event);
        // Thousands of pauses would make one request last for seconds.
        if (errors === limits.errors) post('Debugger.setPauseOnExceptions', { state: 'none' });
      }
    } finally {
      post('Debugger.resume'); // else V8 keeps what it showed us
    }
  }

  let watching = false;
  function watchErrors() {
    if (!watching && connect()) {
      session.on('Debugger.scriptParsed', ({ params: { scriptId, url, sourceMapURL } }) => {
        scripts.set(scriptId, url);
        if (sourceMapURL && sourceMapURL.startsWith('data:') && isOurs(fileOf(url))) compiled.set(fileOf(url), scriptId);
      });
      session.on('Debugger.paused', onPaused);
      post('Debugger.enable');
    }
    if (session && (!watching || errors >= limits.errors)) post('Debugger.setPauseOnExceptions', { state: 'all' });
    watching = true;
    errors = 0;
  }

  function describe(type, reason) {
    const is_error = reason !== null && typeof reason === 'object';
    const event = { type, request: current, name: '', message: '', stack: '', frames: [] };
    try {
      event.name = is_error ? String(reason.name ?? reason.constructor?.name ?? '') : '';
      event.message = cut(is_error ? reason.message ?? '' : reason);
      event.stack = is_error && typeof reason.stack === 'string' ? cut(reason.stack) : '';
    } catch {
      // a getter of the application threw: what we have is enough
    }
    return event;
  }

  // Node asks process.emit() whether anybody listens, so a wrapper sees both without becoming a listener.
  const emit = process.emit;
  process.emit = function (name, ...args) {
    if (name === 'unhandledRejection') report(describe('rejection', args[0]));
    else if (name === 'uncaughtExceptionMonitor' && args[1] !== 'unhandledRejection') report(describe('uncaught', args[0]));
    else if (name === 'exit') report({ type: 'exit', request: current, code: args[0] ?? 0 });
    return emit.call(this, name, ...args);
  };

  if (Error.stackTraceLimit === 10) Error.stackTraceLimit = 40;

  // ---- lines --------------------------------------------------------------------------------------------------

  // From the start: only code compiled from now on gets counters for its blocks.
  if (connect()) {
    post('Profiler.enable');
    post('Profiler.startPreciseCoverage', { callCount: true, detailed: true });
  }
  // A loader compiled it: what lies on the disk is not what the offsets speak of.
  function reportScript(file) {
    const scriptId = compiled.get(file);
    if (scriptId === undefined) return;
    compiled.delete(file);
    const { scriptSource: text } = post('Debugger.getScriptSource', { scriptId }) ?? {};
    let written;
    try {
      written = fs.readFileSync(file, 'utf8');
    } catch {
      // not a file: what ran is all there is
    }
    if (text && text !== written && text.length < limits.script) report({ type: 'script', file, text });
  }

  let stale = true; // counters hold more than the newest marked request

  function takeLines(request) {
    if (!session) return;
    const taken = post('Profiler.takePreciseCoverage');
    if (request === 0 || taken === undefined) return;
    const files = [];
    for (const { url, functions } of taken.result) {
      const file = fileOf(url);
      if (!isOurs(file)) continue;
      const ranges = [];
      for (const each of functions) {
        if (each.ranges[0].count === 0) continue;
        for (const { startOffset, endOffset, count } of each.ranges) ranges.push(startOffset, endOffset, count);
      }
      if (ranges.length === 0) continue;
      reportScript(file);
      files.push({ file, ranges });
    }
    report({ type: 'lines', request, files });
  }

  // ---- requests -----------------------------------------------------------------------------------------------

  function takeHeader(request, name) {
    const value = request.headers[name];
    if (value === undefined) return undefined;
    delete request.headers[name];
    const raw = request.rawHeaders;
    for (let i = raw.length - 2; i >= 0; i -= 2) {
      if (raw[i].toLowerCase() === name) raw.splice(i, 2);
    }
    return value;
  }

  let watched; // the connection of the newest answer
  const onClose = () => {
    watched = undefined;
    report({ type: 'cut', request: current });
  };
  function watchConnection(socket) {
    if (watched) watched.removeListener('close', onClose);
    watched = socket;
    if (socket) socket.once('close', onClose);
  }

  function begin(mark, response) {
    watchConnection(undefined);
    const [number, wish] = mark.split(';');
    current = Number.parseInt(number, 10) || 0;
    answering = response;
    const request = current;
    const wants_lines = wish === 'lines';
    watchErrors();
    if (wants_lines && stale) takeLines(0);
    stale = !wants_lines;
    const end = response.end;
    let is_reported = false;
    response.end = function (...args) {
      if (!is_reported) {
        is_reported = true;
        report({ type: 'answer', request, status: response.statusCode });
        if (wants_lines && current === request) takeLines(request);
        if (current === request && response.shouldKeepAlive) watchConnection(response.socket ?? undefined);
      }
      return end.apply(this, args);
    };
  }

  function wrapServer(Server) {
    const inherited = Server.prototype.emit;
    Object.defineProperty(Server.prototype, 'emit', {
      configurable: true,
      writable: true,
      value: function (name, ...args) {
        if (name === 'request' && args[0] && args[0].headers) {
          const flush = takeHeader(args[0], 'x-faultline-flush');
          if (flush !== undefined) {
            const number = Number.parseInt(flush, 10) || 0;
            if (number !== 0 && number === current && answering.headersSent && !answering.writableEnded) {
              report({ type: 'streaming', request: number, status: answering.statusCode });
            }
            takeLines(number);
            args[1].statusCode = 204;
            args[1].end();
            return true;
          }
          const mark = takeHeader(args[0], 'x-faultline-request');
          if (mark !== undefined) begin(mark, args[1]);
          else stale = true;
        } else if (name === 'listening') {
          const address = this.address();
          if (address && typeof address === 'object') report({ type: 'listening', port: address.port });
        }
        return inherited.call(this, name, ...args);
      },
    });
  }
  wrapServer(require('node:http').Server);
  wrapServer(require('node:https').Server);
}
