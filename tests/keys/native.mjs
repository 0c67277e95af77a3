// Fixtures that are compiled: built in a scratch copy, with address and undefined sanitizers or as their README says.
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

import { Service, sleep } from './service.mjs';

const here = path.dirname(fileURLToPath(import.meta.url));
const SANITIZE = '-g -O0 -fno-omit-frame-pointer -fsanitize=address,undefined';

const quiet = (folder, [command, ...args], env = {}) => {
  try {
    execFileSync(command, args, { cwd: folder, env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
  } catch (error) {
    throw new Error(`${[command, ...args].join(' ')}: ${error.message}\n${error.stdout ?? ''}`);
  }
};

// The copy's folder; removed when we end.
export function build(fixture, commands, sanitized) {
  const folder = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'faultline-key-')));
  process.on('exit', () => fs.rmSync(folder, { recursive: true, force: true }));
  // What a build in place left behind is not taken along: it names the other folder.
  const skipped = new Set(['build', 'faultline-out']);
  const filter = (from) => !skipped.has(path.relative(fixture, from)) && !from.endsWith('.o');
  fs.cpSync(fixture, folder, { recursive: true, filter });
  const flags = sanitized ? { CFLAGS: SANITIZE, CXXFLAGS: SANITIZE } : {};
  for (const command of commands) quiet(folder, command, flags);
  if (sanitized) {
    fs.mkdirSync(path.join(folder, '.key'));
    quiet(folder, ['cc', '-shared', '-fPIC', '-o', '.key/throws.so', path.join(here, 'throws.c'), '-ldl']);
  }
  return folder;
}

// Sanitized. Its reports name lines; thrown exceptions do too, as throws.c is preloaded.
export class NativeService extends Service {
  environment() {
    const asan = execFileSync('cc', ['-print-file-name=libasan.so'], { encoding: 'utf8' }).trim();
    return {
      LD_PRELOAD: `${fs.realpathSync(asan)}:${path.join(this.root, '.key/throws.so')}`,
      ASAN_OPTIONS: 'detect_leaks=1:exitcode=99:detect_stack_use_after_return=1:fast_unwind_on_malloc=0',
      UBSAN_OPTIONS: 'halt_on_error=1:print_stacktrace=1:exitcode=99',
    };
  }

  // A report takes its time; a healthy service is not waited for.
  async settle(ms) {
    await sleep(ms);
    const dying = () => /ERROR: AddressSanitizer|runtime error:/.test(this.log);
    while (!this.exited && dying()) await sleep(20);
  }

  async stop() {
    const from = this.log.length;
    this.child.kill('SIGTERM');
    const killer = setTimeout(() => this.child.kill('SIGKILL'), 15000);
    await this.done;
    clearTimeout(killer);
    if (this.child.signalCode === 'SIGKILL') throw new Error('did not end on SIGTERM');
    return this.stacks(/^(?:Direct|Indirect) leak of /, from);
  }

  frames(from) {
    return this.stacks(/ERROR: AddressSanitizer|: runtime error: |^exception thrown/, from);
  }

  // The first frame inside the fixture of the first stack below each line that matches.
  stacks(head, from) {
    const found = [];
    let open = false;
    for (const line of this.log.slice(from).split('\n')) {
      if (head.test(line)) open = true;
      // Relative where the compiler was given a relative path.
      const frame = /^\s+#\d+ 0x[0-9a-f]+ in .* ([^ :()]+):(\d+)(?::\d+)?$/.exec(line);
      const file = frame && path.resolve(this.root, frame[1]);
      if (!open || !file || !file.startsWith(this.root + path.sep)) continue;
      found.push(`${path.relative(this.root, file)}:${frame[2]}`);
      open = false;
    }
    return found;
  }
}

// As a user builds it: what it dies of is a signal.
export class PlainService extends Service {
  environment() {
    return {};
  }

  get signal() {
    return this.child.signalCode;
  }
}
