'use strict';
/*
 * Preloaded into everything that a build starts: compilers that can write source maps are asked to, by the option that
 * a user would give them, so that the lines of a stack are lines of the source. Those that are told about maps already
 * are left alone. A project that does not build like this is built again without it.
 */
const options = { tsc: '--sourceMap', babel: '--source-maps', swc: '--source-maps', tsup: '--sourcemap' };
const path = require('node:path');
const { existsSync, readFileSync } = require('node:fs');

// The settings that this run reads, and those next to it that they may extend.
function settings(args) {
  const at = args.findIndex((one) => one === '-p' || one === '--project' || one === '-b' || one === '--build');
  const named = at >= 0 && args[at + 1] && !args[at + 1].startsWith('-') ? args[at + 1] : '.';
  return [named, path.join(named, 'tsconfig.json'), 'tsconfig.json'];
}

const name = path.basename(process.argv[1] || '').replace(/\.[cm]?js$/, '');
const option = Object.hasOwn(options, name) ? options[name] : undefined;
if (option) {
  const args = process.argv.slice(2);
  const reads = (file) => {
    try {
      return existsSync(file) ? readFileSync(file, 'utf8') : '';
    } catch {
      return ''; // a folder
    }
  };
  const isTold = args.some((one) => /source-?map/i.test(one)) || (name === 'tsc' && settings(args).some((file) => /"inlineSourceMap"/.test(reads(file))));
  const isOther = args.some((one) => ['--help', '-h', '--version', '-v', '--init', '--showConfig'].includes(one));
  if (!isTold && !isOther && !(name === 'tsc' && (args[0] === '-b' || args[0] === '--build'))) process.argv.push(option);
}
