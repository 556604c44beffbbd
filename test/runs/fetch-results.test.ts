import assert from 'node:assert/strict';
import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { test } from 'node:test';
import { fetchRun } from '../../runs/fetch-results';
import { openJournal } from '../../runs/journal';
import { openResults } from '../../runs/results-index';
import type { Run } from '../../runs/run';
import { jumpingClock, MODELS, manyIds, newWorld, type World } from './setup';

async function fetched(world: World, run: Run, more: { clock?: ReturnType<typeof jumpingClock>; to?: string } = {}) {
  const done = await fetchRun(run, { api: world.api, journal: world.journal, models: MODELS, ...more });
  assert.ok(done, 'nobody else is at it');
  return done;
}

const resultsIn = async (folder: string) => (await readdir(folder)).filter((name) => name.includes('.results.'));

test('results come to lie beside their source, reconciled and priced', async (t) => {
  const rows = { b: 'expired', c: { type: 'api_error', message: 'no' }, d: 'canceled' } as const;
  const world = await newWorld(t, { rows });
  const run = await world.ended(['a', 'b', 'c', 'd', 'e']);
  const seen: number[] = [];
  const done = await fetchRun(run, { ...world, models: MODELS, onProgress: (bytes) => seen.push(bytes) });
  assert.equal(done?.state, 'fetched');
  const { usd, answers, ...outcome } = done.outcome!;
  assert.deepEqual(outcome, {
    succeeded: 2,
    errored: 1,
    canceled: 1,
    expired: 1,
    missing: [],
    unexpected: [],
    repeated: [],
    unreadable: 0,
    unreadableLines: [],
    suspicious: { max_tokens: 2 },
  });
  assert.ok(usd !== null && usd > 0);
  assert.deepEqual(
    answers?.map(({ model, rows: of }) => [model, of]),
    [['claude-haiku-4-5-20251001', 2]],
  );
  assert.deepEqual(await resultsIn(world.folder), [path.basename(run.resultsPath)]);
  assert.equal(seen.at(-1), (await stat(run.resultsPath)).size);
  assert.deepEqual(await world.journal.get(run.id), done);
  assert.deepEqual(await world.journal.listOpen(), []);
});

test('what is on disk are the bytes of the API', async (t) => {
  const world = await newWorld(t);
  const run = await world.ended(manyIds(3000));
  await fetched(world, run);
  const chunks: Uint8Array[] = [];
  for await (const chunk of (await world.api.results(run.batch?.id ?? '')).chunks) chunks.push(chunk);
  assert.deepEqual(await readFile(run.resultsPath), Buffer.concat(chunks));
});

test('a cut stream is fetched again from the beginning, and never taken for the whole', async (t) => {
  const world = await newWorld(t);
  const run = await world.ended(manyIds(2000));
  world.sandbox.faults.push({ on: 'results', kind: 'truncate', bytes: 100_000, times: 2 });
  const clock = jumpingClock();
  const done = await fetched(world, run, { clock });
  assert.deepEqual([done.outcome?.succeeded, clock.sleeps], [2000, [1000]]);
  assert.equal((await openResults(run.resultsPath)).size, 2000);
});

test('a stream that is cut every time leaves nothing behind', async (t) => {
  const world = await newWorld(t);
  const run = await world.ended(manyIds(2000));
  world.sandbox.faults.push({ on: 'results', kind: 'truncate', bytes: 100_000, times: 6 });
  await assert.rejects(fetched(world, run, { clock: jumpingClock() }), { kind: 'network' });
  assert.deepEqual(await resultsIn(world.folder), []);
  assert.equal((await world.journal.get(run.id))?.state, 'ended');
  assert.equal((await fetched(world, run)).state, 'fetched', 'later it works');
});

test('rows that are missing, strange or there twice are named', async (t) => {
  const world = await newWorld(t);
  const run = await world.ended(manyIds(10));
  world.sandbox.faults.push({ on: 'results', kind: 'rows', twice: 2, missing: 3, extra: 1, times: 3 });
  const { outcome } = await fetched(world, run, { clock: jumpingClock() });
  assert.deepEqual(
    [outcome?.repeated.length, outcome?.missing.length, outcome?.unexpected.length, outcome?.unreadable],
    [2, 3, 1, 0],
  );
  assert.ok(outcome?.missing.every((id) => manyIds(10).includes(id)));
});

test('results that are gone make the run a lost one', async (t) => {
  const world = await newWorld(t);
  const run = await world.ended(['a']);
  world.sandbox.archive(run.batch?.id ?? '');
  const done = await fetched(world, run);
  assert.deepEqual([done.state, done.outcome], ['lost', null]);
  assert.match(done.problem?.message ?? '', /archived at .* cannot be had any more/);
  assert.deepEqual(await resultsIn(world.folder), []);
});

test('whole results that an ended program left are not fetched again', async (t) => {
  const world = await newWorld(t);
  const run = await world.ended(['a', 'b']);
  const done = await fetched(world, run);
  const again = await fetched(world, await world.journal.update(run.id, { state: 'ended', outcome: null }));
  assert.deepEqual(again, done);
  assert.equal(world.arrived('GET', `/v1/messages/batches/${run.batch?.id}/results`), 1);
});

test('something else in the place of the results is not touched', async (t) => {
  const world = await newWorld(t);
  const run = await world.ended(['a']);
  await writeFile(run.resultsPath, 'theirs');
  const done = await fetched(world, run);
  assert.equal(await readFile(run.resultsPath, 'utf8'), 'theirs');
  assert.equal(done.resultsPath, run.resultsPath.replace('Z.results', 'Z-2.results'));
  assert.equal(done.outcome?.succeeded, 1);
});

test('results may be brought elsewhere, also again', async (t) => {
  const world = await newWorld(t);
  const run = await world.ended(['a']);
  const to = path.join(world.folder, 'out', 'answers.jsonl');
  await fetched(world, run);
  assert.equal((await fetched(world, run, { to })).resultsPath, to);
  assert.equal((await openResults(to)).size, 1);
});

test('results have the permission bits of their source', async (t) => {
  const world = await newWorld(t);
  const run = await world.ended(['a']);
  await fetched(world, run);
  assert.equal((await stat(run.resultsPath)).mode, (await stat(run.source)).mode);
});

test('only one of two programs fetches', async (t) => {
  const world = await newWorld(t);
  const run = await world.ended(['a']);
  const other = await openJournal(world.journal.stateDir);
  const options = { api: world.api, models: MODELS };
  const both = await Promise.all([
    fetchRun(run, { ...options, journal: world.journal }),
    fetchRun(run, { ...options, journal: other }),
  ]);
  assert.deepEqual(both.map((done) => done?.state ?? null).sort(), ['fetched', null]);
});

test('a row that does not end is given up before it fills the memory', async (t) => {
  const world = await newWorld(t);
  const run = await world.ended(['a']);
  const megabyte = Buffer.alloc(1 << 20, 'a');
  let taken = 0;
  async function* endless() {
    for (;;) {
      taken++;
      yield megabyte;
    }
  }
  const api = { ...world.api, results: async () => ({ chunks: endless(), framed: true }) };
  const fetching = fetchRun(run, { api, journal: world.journal, models: MODELS });
  await assert.rejects(fetching, /^RunError: A row of the results does not end: 68 MB have come of it\.$/);
  assert.equal(taken, 65);
  assert.deepEqual(
    (await readdir(world.folder)).filter((name) => name.endsWith('.part')),
    [],
  );
});
