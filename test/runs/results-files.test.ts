import assert from 'node:assert/strict';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { test } from 'node:test';
import { findResultsFiles, findSourceOf } from '../../runs/results-files';
import { mergedPathFor, resultsPathFor, retryPathFor, stemOf } from '../../runs/results-path';
import { newFolder } from './setup';

const AT = Date.UTC(2026, 10, 20, 21, 4, 59);

test('results are named after their source and the minute of submission', async (t) => {
  const folder = await newFolder(t);
  const name = async (source: string, more: object = {}) =>
    path.relative(folder, await resultsPathFor({ source: path.join(folder, source), at: AT, sandbox: false, ...more }));
  assert.equal(await name('tickets.batch.jsonl'), 'tickets.20261120T2104Z.results.jsonl');
  assert.equal(await name('tickets.ndjson', { sandbox: true }), 'tickets.20261120T2104Z.sandbox.results.jsonl');
  const out = path.join('out', 'tickets.20261120T2104Z.results.jsonl');
  assert.equal(await name('tickets.jsonl', { folder: path.join(folder, 'out') }), out);
  await writeFile(path.join(folder, 'tickets.20261120T2104Z.results.jsonl'), '');
  const taken = new Set([path.join(folder, 'tickets.20261120T2104Z-2.results.jsonl')]);
  assert.equal(await name('tickets.jsonl', { taken }), 'tickets.20261120T2104Z-3.results.jsonl');
});

test('retries and joined attempts take the first free name', async (t) => {
  const folder = await newFolder(t);
  const source = path.join(folder, 'tickets.batch.jsonl');
  await writeFile(path.join(folder, 'tickets.retry-1.batch.jsonl'), '');
  await writeFile(path.join(folder, 'tickets.merged.results.jsonl'), '');
  assert.equal(path.basename(await retryPathFor(source)), 'tickets.retry-2.batch.jsonl');
  assert.equal(path.basename(await mergedPathFor(source)), 'tickets.merged-2.results.jsonl');
  assert.equal(stemOf('/x/a.b.batch.JSONL'), 'a.b');
});

test('the results of a source are found by name, joined ones first, then the newest', async (t) => {
  const folder = await newFolder(t);
  const other = path.join(folder, 'out');
  await mkdir(other);
  const files = [
    'tickets.20261120T2104Z.results.jsonl',
    'tickets.20261120T2104Z-2.results.jsonl',
    'tickets.20261120T2104Z-10.sandbox.results.jsonl',
    'tickets.merged.results.jsonl',
    'tickets.retry-1.20261121T0000Z.results.jsonl',
    '.tickets.20261122T0000Z.results.jsonl.part',
    'tickets.results.jsonl',
  ];
  for (const name of [...files, 'tickets.jsonl']) await writeFile(path.join(folder, name), '');
  await writeFile(path.join(other, 'tickets.20261119T0800Z.results.jsonl'), '');
  const found = await findResultsFiles(path.join(folder, 'tickets.jsonl'), other);
  assert.deepEqual(
    found.map(({ path: file, submittedAt, sandbox }) => [path.relative(folder, file), submittedAt, sandbox]),
    [
      ['tickets.merged.results.jsonl', null, false],
      ['tickets.20261120T2104Z-10.sandbox.results.jsonl', '20261120T2104Z-10', true],
      ['tickets.20261120T2104Z-2.results.jsonl', '20261120T2104Z-2', false],
      ['tickets.20261120T2104Z.results.jsonl', '20261120T2104Z', false],
      [path.join('out', 'tickets.20261119T0800Z.results.jsonl'), '20261119T0800Z', false],
    ],
  );
  assert.deepEqual(await findResultsFiles(path.join(folder, 'none', 'tickets.jsonl')), []);
});

test('a results file knows its source while it is beside it', async (t) => {
  const folder = await newFolder(t);
  const results = path.join(folder, 'tickets.20261120T2104Z.sandbox.results.jsonl');
  assert.equal(await findSourceOf(results), null);
  await writeFile(path.join(folder, 'tickets.batch.jsonl'), '');
  assert.equal(await findSourceOf(results), path.join(folder, 'tickets.batch.jsonl'));
  assert.equal(await findSourceOf(path.join(folder, 'tickets.jsonl')), null);
});
