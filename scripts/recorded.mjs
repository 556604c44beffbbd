// `npm run recorded -- FILE` bundles test/recorded/main.ts and runs it: every result in recorded exchanges with the API
// (a line of JSON each, with `path` and `response`) is read, exported and written, and none may be dropped.
import path from 'node:path';
import { build } from 'esbuild';
import { run } from './run.mjs';
import { validatorPlugin } from './validator-plugin.mjs';

const given = process.argv.slice(2).map((file) => path.resolve(process.env.INIT_CWD ?? '.', file));
process.chdir(path.resolve(import.meta.dirname, '..'));
const outfile = 'dist/recorded.js';
await build({
  entryPoints: ['test/recorded/main.ts'],
  outfile,
  bundle: true,
  platform: 'node',
  target: 'node20',
  mainFields: ['module', 'main'],
  plugins: [validatorPlugin],
});
if (!run(outfile, ...given)) process.exitCode = 1;
