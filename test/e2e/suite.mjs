// The suite that runs inside an extension host: how it gets there, and what came of it.
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { build } from 'esbuild';
import { folder } from './hosts/hosts.mjs';

/** The repository, which is the extension under test. */
export const root = path.resolve(folder, '..', '..');

/** Bundles the suite; returns the path of the module whose `run()` VS Code calls. */
export async function bundleSuite() {
  const outdir = path.join(folder, '.cache', 'suite');
  await build({
    entryPoints: [path.join(folder, 'suite', '*.ts')],
    outdir,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    external: ['vscode', 'mocha'],
    sourcemap: 'inline',
  });
  return path.join(outdir, 'index.js');
}

/** Prints what mocha noted in the file `results`; returns how many tests `passed` and `failed`. */
export function readReport(results) {
  if (!existsSync(results)) throw new Error('The suite left no results.');
  const { stats, tests } = JSON.parse(readFileSync(results, 'utf8'));
  for (const { fullTitle, duration, err } of tests) {
    console.log(`${err.message === undefined ? '✔' : '✖'} ${fullTitle} (${duration ?? 0}ms)`);
    if (err.stack) console.log(err.stack);
  }
  return { passed: stats.passes, failed: stats.failures + stats.pending };
}
