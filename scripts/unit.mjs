// Bundles test files and runs them with Node's own runner: `node scripts/unit.mjs [part of a path]…` (all but the editor level by default).
import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { build } from 'esbuild';

const root = path.resolve(import.meta.dirname, '..');
process.chdir(root);
const wanted = process.argv.slice(2);
const files = readdirSync('test', { recursive: true })
  .map((name) => path.join('test', name))
  .filter((name) => name.endsWith('.test.ts') && !name.startsWith(path.join('test', 'e2e')))
  .filter((name) => wanted.length === 0 || wanted.some((part) => name.includes(part)))
  .sort();
if (files.length === 0) throw new Error(`no test file matches ${wanted.join(', ')}`);
const out = path.join('dist', `test-${process.pid}`);
mkdirSync(out, { recursive: true });
try {
  await build({ entryPoints: files, outdir: out, outbase: 'test', bundle: true, platform: 'node', format: 'cjs', target: 'node20', packages: 'external', sourcemap: 'inline', logLevel: 'warning' });
  const bundles = files.map((name) => path.join(out, path.relative('test', name).replace(/\.ts$/, '.js')));
  process.exitCode = spawnSync(process.execPath, ['--test', '--enable-source-maps', ...bundles], { stdio: 'inherit' }).status ?? 1;
} finally {
  rmSync(out, { recursive: true, force: true });
}
