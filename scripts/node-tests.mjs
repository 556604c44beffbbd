// Bundles TypeScript test files and runs them with Node's own runner.
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { build } from 'esbuild';
import { atExit, startGroup } from './at-exit.mjs';
import { validatorPlugin } from './validator-plugin.mjs';

const reporters = { spec: () => 'stdout', [path.join(import.meta.dirname, 'count-tests.mjs')]: (counts) => counts };

/**
 * Bundles `files` (paths below test/) into a folder below `parent`, where Node finds the packages they import, and runs
 * them there. Returns how many tests `passed` and `failed`; a skipped test counts as failed, since nothing was seen of it.
 */
export async function runTests(files, { parent, env = {}, flags = [] }) {
  mkdirSync(parent, { recursive: true });
  const out = mkdtempSync(path.join(parent, 'test-'));
  atExit(() => rmSync(out, { recursive: true, force: true }));
  await bundle(files, out);
  const counts = path.join(out, 'counts.json');
  const reports = Object.entries(reporters).flatMap(([reporter, destination]) => [
    `--test-reporter=${reporter}`,
    `--test-reporter-destination=${destination(counts)}`,
  ]);
  const bundles = files.map((file) => path.join(out, path.relative('test', file).replace(/\.ts$/, '.js')));
  const child = startGroup(process.execPath, ['--test', '--enable-source-maps', ...flags, ...reports, ...bundles], {
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, ...env },
  });
  await child.gone;
  if (!existsSync(counts)) throw new Error(`The test runner ended with exit code ${child.exitCode} and no result.`);
  return JSON.parse(readFileSync(counts, 'utf8'));
}

function bundle(entryPoints, outdir) {
  return build({
    entryPoints,
    outdir,
    outbase: 'test',
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    packages: 'external',
    plugins: [validatorPlugin],
    sourcemap: 'inline',
    logLevel: 'warning',
  });
}
