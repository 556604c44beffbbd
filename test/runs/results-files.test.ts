import assert from 'node:assert/strict';
import { mkdir, rm, utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { test } from 'node:test';
import { attemptsOf, findResultsFiles, findSourceOf, type KnownRun } from '../../runs/results-files';
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

test('the results of a source are found by name, the newest first', async (t) => {
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

test('joined attempts are older than what was submitted after them', async (t) => {
  const folder = await newFolder(t);
  const merged = path.join(folder, 'tickets.merged.results.jsonl');
  const [before, after] = ['20261120T2104Z', '20261120T2106Z'].map((at) =>
    path.join(folder, `tickets.${at}.results.jsonl`),
  ) as [string, string];
  for (const file of [merged, before, after]) await writeFile(file, '');
  await utimes(merged, new Date(AT), new Date(AT));
  const found = await findResultsFiles(path.join(folder, 'tickets.jsonl'));
  assert.deepEqual(
    found.map((file) => file.path),
    [after, merged, before],
  );
});

test('what the journal knows counts before names: results elsewhere, and those of another file of the same name', async (t) => {
  const folder = await newFolder(t);
  const at = (...names: string[]) => path.join(folder, ...names);
  for (const name of ['a', 'b', 'out']) await mkdir(at(name));
  const [mine, other] = [at('a', 'tickets.jsonl'), at('b', 'tickets.jsonl')];
  const run = (id: string, source: string, resultsPath: string, more: Partial<KnownRun> = {}): KnownRun => {
    const startedAt = `2026-11-2${id}T21:04:30.123Z`;
    return { id, source, resultsPath, startedAt, state: 'fetched', sandbox: false, ...more };
  };
  const runs = [
    run('0', mine, at('out', 'tickets.20261120T2104Z.results.jsonl')),
    run('1', other, at('out', 'tickets.20261121T2104Z.results.jsonl')),
    run('2', mine, at('answers.jsonl')),
    run('3', mine, at('out', 'tickets.20261123T2104Z.results.jsonl'), { state: 'in_progress' }),
    run('4', at('again.jsonl'), at('out', 'again.jsonl'), { retryOf: '2' }),
    run('5', at('once-more.jsonl'), at('out', 'more.jsonl'), { retryOf: '4' }),
  ];
  const files = [mine, other, ...runs.filter(({ state }) => state === 'fetched').map((each) => each.resultsPath)];
  for (const file of files) await writeFile(file, '');

  const found = await findResultsFiles(mine, at('out'), runs);
  assert.deepEqual(
    found.map((file) => path.relative(folder, file.path)),
    ['answers.jsonl', path.join('out', 'tickets.20261120T2104Z.results.jsonl')],
  );
  assert.equal((await findResultsFiles(mine, at('out'))).length, 2);
  assert.deepEqual(await attemptsOf(at('answers.jsonl'), runs), [
    at('answers.jsonl'),
    at('out', 'again.jsonl'),
    at('out', 'more.jsonl'),
  ]);
  assert.equal(await findSourceOf(at('answers.jsonl'), runs), mine);
  assert.equal(await findSourceOf(at('answers.jsonl')), null);
  // Its file was moved: now its name is all that there is.
  await rm(other);
  assert.equal((await findResultsFiles(mine, at('out'), runs)).length, 3);
});

test('a results file knows its source while it is beside it', async (t) => {
  const folder = await newFolder(t);
  const results = path.join(folder, 'tickets.20261120T2104Z.sandbox.results.jsonl');
  assert.equal(await findSourceOf(results), null);
  await writeFile(path.join(folder, 'tickets.batch.jsonl'), '');
  assert.equal(await findSourceOf(results), path.join(folder, 'tickets.batch.jsonl'));
  assert.equal(await findSourceOf(path.join(folder, 'tickets.jsonl')), null);
});
