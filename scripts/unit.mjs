// `node scripts/unit.mjs [part of a path]…` runs the tests whose path holds one of the parts; without a part, all but the
// package's. The editor's tests are not among them: see test/e2e.
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { runTests } from './node-tests.mjs';

process.chdir(path.resolve(import.meta.dirname, '..'));
const parts = process.argv.slice(2);
const files = testsBelow('test').filter((file) =>
  parts.length > 0 ? parts.some((part) => file.includes(part)) : file !== path.join('test', 'package.test.ts'),
);
if (files.length === 0) throw new Error(`No test file's path holds ${parts.join(' or ')}.`);
const { failed } = await runTests(files, { parent: 'dist' });
if (failed > 0) process.exitCode = 1;

function testsBelow(folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const place = path.join(folder, entry.name);
    if (entry.isDirectory()) return entry.name === 'e2e' ? [] : testsBelow(place);
    return entry.name.endsWith('.test.ts') ? [place] : [];
  });
}
