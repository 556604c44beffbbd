// `npm run recorded -- FILE` bundles test/recorded/main.ts and runs it: every result in recorded exchanges with the API
// (a line of JSON each, with `path` and `response`) is read, exported and written, and none may be dropped.
import path from 'node:path';
import { runBundled } from './run-bundled.mjs';

const given = process.argv.slice(2).map((file) => path.resolve(process.env.INIT_CWD ?? '.', file));
process.chdir(path.resolve(import.meta.dirname, '..'));
if (!(await runBundled('test/recorded/main.ts', 'dist/recorded.js', ...given))) process.exitCode = 1;
