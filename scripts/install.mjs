// Installs what a lockfile names, when it is not there yet. Needs nothing but Node and npm.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** Runs `npm ci` in `folder` unless its node_modules already agrees with its lockfile. No install script is run. */
export function ensureInstalled(folder) {
  if (!agrees(folder)) npm(folder, 'ci');
}

/** Runs npm in `folder`, with install scripts off. Throws when it fails. */
export function npm(folder, ...args) {
  console.log(`npm ${args.join(' ')} in ${path.relative(process.cwd(), folder) || '.'}`);
  const quiet = ['--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
  const { status, error } = spawnSync('npm', [...args, ...quiet], {
    cwd: folder,
    stdio: ['ignore', 'inherit', 'inherit'],
    shell: process.platform === 'win32',
  });
  if (status !== 0) throw new Error(`npm ${args[0]} failed in ${folder}: ${error?.message ?? `exit code ${status}`}.`);
}

/** Compares what npm noted that it installed with the lockfile: contents, since file times do not survive a checkout. */
function agrees(folder) {
  const note = path.join(folder, 'node_modules', '.package-lock.json');
  if (!existsSync(note)) return false;
  const installed = packagesIn(note);
  return Object.entries(packagesIn(path.join(folder, 'package-lock.json'))).every(([place, wanted]) => {
    const found = installed[place];
    const mayBeMissing = place === '' || wanted.optional || wanted.devOptional;
    return found ? found.version === wanted.version : mayBeMissing;
  });
}

function packagesIn(lockfile) {
  return JSON.parse(readFileSync(lockfile, 'utf8')).packages;
}
