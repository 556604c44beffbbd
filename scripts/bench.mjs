// `npm run bench [argument]…` builds what is measured, bundles bench/main.ts and runs it.
import path from 'node:path';
import { build } from 'esbuild';
import { run } from './run.mjs';
import { validatorPlugin } from './validator-plugin.mjs';

process.chdir(path.resolve(import.meta.dirname, '..'));
if (!run('esbuild.mjs', 'check-worker')) process.exit(1);
const outfile = 'dist/bench.js';
await build({
  entryPoints: ['bench/main.ts'],
  outfile,
  bundle: true,
  platform: 'node',
  target: 'node20',
  packages: 'external',
  plugins: [validatorPlugin],
});
if (!run(outfile, ...process.argv.slice(2))) process.exitCode = 1;
