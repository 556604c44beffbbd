// `node scripts/unit.mjs [part of a path]…` runs the tests that need no editor, all or the named ones.
import path from 'node:path';
import { runTests } from './node-tests.mjs';
import { testFiles } from './test-files.mjs';

process.chdir(path.resolve(import.meta.dirname, '..'));
const { failed } = await runTests(testFiles(...process.argv.slice(2)), { parent: 'dist' });
if (failed > 0) process.exitCode = 1;
