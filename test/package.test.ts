import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { unzipSync } from 'fflate';
import manifest from '../package.json';

const entries = unzipSync(readFileSync('dist/message-batches.vsix'));
const names = Object.keys(entries)
  .filter((name) => name.startsWith('extension/'))
  .map((name) => name.slice(10));

const bundles = [
  'check-worker',
  'cli',
  'client',
  'extension',
  'runs',
  'sandbox',
  'results-worker',
  'server',
  'trial-answers',
  'webview',
];

test('the package holds what runs and what people read, and nothing else', () => {
  const expected = [
    ...bundles.map((name) => `dist/${name}.js`),
    'dist/THIRD-PARTY-NOTICES.txt',
    'docs/rules.md',
    ...readdirSync('media').map((name) => `media/${name}`),
    ...readdirSync('schemas').map((name) => `schemas/${name}`),
    'LICENSE.txt',
    'changelog.md',
    'package.json',
    'readme.md',
  ];
  assert.deepEqual(names.sort(), expected.sort());
});

test('what every window loads is at most 10 KB', () => {
  const stub = `extension/${manifest.main.replace('./', '')}`;
  const bytes = entries[stub]?.length ?? Number.POSITIVE_INFINITY;
  assert.ok(bytes <= 10 * 1024, `${stub} has ${bytes} bytes`);
});

test('no bundle carries a source map or names a file of the machine that built it', () => {
  for (const name of bundles) {
    const code = readFileSync(`dist/${name}.js`, 'utf8');
    assert.ok(!code.includes('sourceMappingURL='), `${name} has a source map`);
    assert.ok(!code.includes(process.cwd()), `${name} names ${process.cwd()}`);
  }
});

test('nothing that looks like a key is in the package or in what is built, also not one of who built it', () => {
  const isKey = /sk-ant-[\w-]{8,}/;
  const built = readdirSync('dist').filter((name) => name.endsWith('.js'));
  const texts = [
    ...Object.entries(entries).map(([name, bytes]) => [name, Buffer.from(bytes).toString('latin1')] as const),
    ...built.map((name) => [`dist/${name}`, readFileSync(`dist/${name}`, 'latin1')] as const),
  ];
  assert.ok(texts.length > bundles.length * 2);
  assert.deepEqual(
    texts
      .filter(([, text]) => isKey.test(text))
      .map(([name, text]) => `${name}: ${isKey.exec(text)?.[0].slice(0, 20)}…`),
    [],
  );
});
