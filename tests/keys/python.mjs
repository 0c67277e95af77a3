// Fixtures in Python: run from a scratch copy by the first interpreter that has what they import.
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

import { Service } from './service.mjs';

const ENVIRONMENT = { PYTHONUNBUFFERED: '1', PYTHONDONTWRITEBYTECODE: '1' };

// A python3 ahead of Debian's on the path need not see Debian's packages.
function interpreter(modules) {
  for (const python of ['python3', '/usr/bin/python3']) {
    try {
      execFileSync(python, ['-c', `import ${modules.join(', ')}`], { stdio: 'ignore' });
      return python;
    } catch {
      continue;
    }
  }
  throw new Error(`no python3 that can import ${modules.join(', ')}; run scripts/setup`);
}

// Gives what starts the service: copies it, runs the key's "prepare" there, and keeps a second copy of that state.
export function prepare(fixture, { start, prepare: commands = [], imports }) {
  const python = interpreter(imports);
  const scratch = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'faultline-key-')));
  process.on('exit', () => fs.rmSync(scratch, { recursive: true, force: true }));
  const [clean, folder] = [path.join(scratch, 'clean'), path.join(scratch, 'service')];
  const filter = (from) => !/(?:__pycache__|\.sqlite3|faultline-out)$/.test(from);
  fs.cpSync(fixture, clean, { recursive: true, filter });
  const named = ([command, ...args]) => [command === 'python3' ? python : command, ...args];
  for (const command of commands) {
    const [file, ...args] = named(command);
    execFileSync(file, args, { cwd: clean, env: { PATH: process.env.PATH, ...ENVIRONMENT }, stdio: ['ignore', 'ignore', 'inherit'] });
  }
  return { folder, clean, command: named(start) };
}

export class PythonService extends Service {
  constructor(prepared) {
    super(prepared.folder, prepared.command);
    this.clean = prepared.clean;
    this.attempts = 800;
  }

  environment() {
    return ENVIRONMENT;
  }

  // What the service stored is gone with every start.
  async start() {
    fs.rmSync(this.root, { recursive: true, force: true });
    fs.cpSync(this.clean, this.root, { recursive: true });
    return super.start();
  }

  // The innermost frame inside the fixture of every traceback since the given point of the log.
  frames(from) {
    const found = [];
    for (const trace of this.log.slice(from).split(/^.*Traceback \(most recent call last\):$/m).slice(1)) {
      const inside = [...trace.matchAll(/^[ |]*File "([^"]+)", line (\d+), in /gm)].filter((frame) => frame[1].startsWith(this.root + path.sep));
      const last = inside.at(-1);
      if (last) found.push(`${path.relative(this.root, last[1])}:${last[2]}`);
    }
    return found;
  }
}
