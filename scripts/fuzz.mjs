// `npm run fuzz -- [--lines N] [--seed S] [--seconds T] [--processes P]` bundles test/fuzz/main.ts and runs it: a million mutated lines
// are judged, and none may throw.
import path from 'node:path';
import { runBundled } from './run-bundled.mjs';

process.chdir(path.resolve(import.meta.dirname, '..'));
if (!(await runBundled('test/fuzz/main.ts', 'dist/fuzz.js', ...process.argv.slice(2)))) process.exitCode = 1;
