// `npm run torture [-- part of a path]` runs the long form of test/torture: every 997th byte of the results, fifty kills, a
// minute of windows and a terminal at once. `TORTURE_SEED` repeats what a seed did.
import path from 'node:path';
import { runTests } from './node-tests.mjs';
import { testFiles } from './test-files.mjs';

process.chdir(path.resolve(import.meta.dirname, '..'));
const parts = process.argv.slice(2).map((part) => path.join('torture', part));
const files = testFiles(...(parts.length > 0 ? parts : ['torture']));
const { failed } = await runTests(files, { parent: 'dist', env: { TORTURE: 'long' } });
if (failed > 0) process.exitCode = 1;
