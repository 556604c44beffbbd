// `npm run fuzz -- [--lines N] [--seed S] [--seconds T]` bundles test/fuzz/main.ts and runs it: a million mutated lines
// are judged, and none may throw.
import path from 'node:path';
import { build } from 'esbuild';
import { run } from './run.mjs';
import { validatorPlugin } from './validator-plugin.mjs';

process.chdir(path.resolve(import.meta.dirname, '..'));
const outfile = 'dist/fuzz.js';
await build({
  entryPoints: ['test/fuzz/main.ts'],
  outfile,
  bundle: true,
  platform: 'node',
  target: 'node20',
  mainFields: ['module', 'main'],
  plugins: [validatorPlugin],
});
if (!run(outfile, ...process.argv.slice(2))) process.exitCode = 1;
