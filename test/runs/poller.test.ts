import assert from 'node:assert/strict';
import { once } from 'node:events';
import { test } from 'node:test';
import type { BatchesApi } from '../../runs/batches-api';
import { openJournal } from '../../runs/journal';
import { hasOpenRuns } from '../../runs/pending';
import { followRun, watchRuns } from '../../runs/poller';
import type { Run } from '../../runs/run';
import type { RunError } from '../../runs/run-error';
import { apiOf, jumpingClock, MODELS, manyIds, newWorld } from './setup';

/** Counts how many calls of the API are under way at most, and ends the batch at the n-th question. */
function watched(api: BatchesApi, atPoll: (n: number) => Promise<unknown> | undefined) {
  const seen = { now: 0, most: 0, polls: 0 };
  const retrieve: BatchesApi['retrieve'] = async (...asked) => {
    seen.most = Math.max(seen.most, ++seen.now);
    try {
      await atPoll(++seen.polls);
      return await api.retrieve(...asked);
    } finally {
      seen.now--;
    }
  };
  return { seen, api: { ...api, retrieve } };
}

test('a run is followed to its results, one question after the other, as far apart as the API asks', async (t) => {
  const world = await newWorld(t, { retryAfterSeconds: 25 });
  const { run } = await world.submit(await world.write(manyIds(5)));
  const { api, seen } = watched(world.api, (n) => (n === 4 ? world.sandbox.advance() : undefined));
  const clock = jumpingClock();
  const states: string[] = [];
  const done = await followRun(run.id, {
    journal: world.journal,
    modelsFor: async () => MODELS,
    apiFor: async () => api,
    onChange: ({ state }) => states.push(state),
    clock,
  });
  assert.deepEqual([done.state, done.outcome?.succeeded], ['fetched', 5]);
  assert.deepEqual(clock.sleeps, [25_000, 25_000, 25_000]);
  assert.deepEqual([seen.polls, seen.most], [4, 1]);
  assert.deepEqual(states, ['ended', 'fetched']);
});

test('a fixed interval is kept, but not against a `retry-after` of a refusal', async (t) => {
  const world = await newWorld(t, { retryAfterSeconds: 25 });
  const { run } = await world.submit(await world.write(['a']));
  world.sandbox.faults.push({ on: 'retrieve', kind: 'answer', status: 429, retryAfter: '90', nth: 2 });
  const { api } = watched(world.api, (n) => (n === 3 ? world.sandbox.advance() : undefined));
  const clock = jumpingClock();
  const troubles: string[] = [];
  await followRun(run.id, {
    journal: world.journal,
    modelsFor: async () => MODELS,
    apiFor: async () => api,
    onTrouble: (_run, { kind }) => troubles.push(kind),
    pollIntervalMs: 50,
    clock,
  });
  assert.deepEqual(clock.sleeps, [50, 90_000]);
  assert.deepEqual(troubles, ['rate-limit']);
});

test('dropped connections and failures of the API are outlasted', async (t) => {
  const world = await newWorld(t);
  const run = await world.ended(['a']);
  await world.journal.update(run.id, { state: 'in_progress' });
  world.sandbox.faults.push(
    { on: 'retrieve', kind: 'drop', when: 'before-work' },
    { on: 'retrieve', kind: 'answer', status: 529, nth: 2 },
    { on: 'results', kind: 'answer', status: 500, times: 6 },
  );
  const troubles: string[] = [];
  const done = await followRun(run.id, {
    journal: world.journal,
    modelsFor: async () => MODELS,
    apiFor: async () => world.api,
    onTrouble: (_run, { kind }) => troubles.push(kind),
    clock: jumpingClock(),
  });
  assert.equal(done.state, 'fetched');
  assert.deepEqual(troubles, ['network', 'overloaded', 'server']);
});

test('an uncertain run is settled by itself and followed on', async (t) => {
  const world = await newWorld(t, { faults: [{ on: 'create', kind: 'drop', when: 'after-work' }] });
  const { run } = await world.submit(await world.write(['a']));
  await world.sandbox.advance();
  const options = {
    journal: world.journal,
    modelsFor: async () => MODELS,
    apiFor: async () => world.api,
    clock: jumpingClock(),
  };
  const done = await followRun(run.id, options);
  assert.deepEqual([done.state, done.outcome?.succeeded], ['fetched', 1]);
  assert.equal(world.arrived('POST', '/v1/messages/batches'), 1);
});

test('a batch that is gone is not visible, not lost; a refused key is handed up', async (t) => {
  const world = await newWorld(t);
  const run = await world.ended(['a']);
  await world.journal.update(run.id, { state: 'in_progress' });
  const options = { journal: world.journal, modelsFor: async () => MODELS, clock: jumpingClock() };
  const stranger = apiOf(world.sandbox.url, 'sk-wrong-0123456789');
  await assert.rejects(followRun(run.id, { ...options, apiFor: async () => stranger }), { kind: 'auth' });
  await assert.rejects(followRun(run.id, { ...options, apiFor: async () => null }), { kind: 'auth' });
  await world.api.delete(run.batch?.id ?? '');
  const gone = followRun(run.id, { ...options, apiFor: async () => world.api });
  await assert.rejects(gone, {
    kind: 'not-found',
    message: /is not visible to the API key …[\w-]+; it was submitted with "test"/,
  });
  const now = await world.journal.get(run.id);
  assert.deepEqual(
    [now?.state, now?.batch?.processing_status, now?.reach?.kind],
    ['in_progress', 'ended', 'not-found'],
  );
});

test('following ends at once when it is canceled', async (t) => {
  const world = await newWorld(t);
  const { run } = await world.submit(await world.write(['a']));
  const canceling = new AbortController();
  const following = followRun(
    run.id,
    { journal: world.journal, modelsFor: async () => MODELS, apiFor: async () => world.api },
    canceling.signal,
  );
  while (world.arrived('GET', `/v1/messages/batches/${run.batch?.id}`) === 0) await new Promise(setImmediate);
  canceling.abort();
  await assert.rejects(following, { kind: 'canceled' });
});

test('all open runs are followed, later ones too, and none of them twice', async (t) => {
  const world = await newWorld(t, { processingMs: 0 });
  const ended = new EventTarget();
  const states = new Map<string, string[]>();
  const before = await world.submit(await world.write(['a']));
  const watch = watchRuns({
    journal: world.journal,
    modelsFor: async () => MODELS,
    apiFor: async () => world.api,
    onChange(run: Run) {
      states.set(run.id, [...(states.get(run.id) ?? []), run.state]);
      if (run.state === 'fetched') ended.dispatchEvent(new Event(run.id));
    },
    pollIntervalMs: 20,
  });
  t.after(() => watch.close());
  await once(ended, before.run.id);
  const other = await openJournal(world.journal.stateDir);
  const after = await world.submit(await world.write(['b'], 'b.jsonl'), { journal: other });
  await once(ended, after.run.id);
  watch.refresh();
  await watch.close();
  for (const { run } of [before, after]) {
    assert.deepEqual(states.get(run.id), ['ended', 'fetched']);
    assert.equal(world.arrived('GET', `/v1/messages/batches/${run.batch?.id}/results`), 1);
  }
  assert.equal(await hasOpenRuns(world.journal.stateDir), false);
});

test('what a run costs goes by the models of its own file', async (t) => {
  const { journal, api, write, submit } = await newWorld(t, { processingMs: 0 });
  const none = { input: 0, output: 0, cache_read: 0, cache_write_5m: 0, cache_write_1h: 0 };
  const free = MODELS.with(Object.fromEntries(MODELS.names().map((name) => [name, { price_usd_per_mtok: none }])));
  const modelsFor = async ({ source }: Run) => (source.endsWith('free.jsonl') ? free : MODELS);
  const costOf = async (name: string) => {
    const { run } = await submit(await write(['a'], name));
    const done = await followRun(run.id, { journal, modelsFor, apiFor: async () => api, pollIntervalMs: 1 });
    return done.outcome?.usd;
  };
  assert.ok(Number(await costOf('billed.jsonl')) > 0);
  assert.equal(await costOf('free.jsonl'), 0);
});

test('a run that cannot be reached waits for a refresh', async (t) => {
  const world = await newWorld(t);
  const run = await world.ended(['a']);
  const told = new EventTarget();
  const reach = { api: null as BatchesApi | null };
  const troubles: RunError[] = [];
  const watch = watchRuns({
    journal: world.journal,
    modelsFor: async () => MODELS,
    apiFor: async () => reach.api,
    onChange: ({ state }) => told.dispatchEvent(new Event(state)),
    onTrouble(_run, error) {
      troubles.push(error);
      told.dispatchEvent(new Event('trouble'));
    },
  });
  t.after(() => watch.close());
  await once(told, 'trouble');
  assert.equal(await hasOpenRuns(world.journal.stateDir), true);
  assert.match((await world.journal.get(run.id))?.reach?.message ?? '', /^Paused: needs the key "test"/);
  reach.api = world.api;
  watch.refresh();
  await once(told, 'fetched');
  assert.equal((await world.journal.get(run.id))?.reach, null);
  assert.deepEqual(
    troubles.map(({ message }) => message),
    [`Paused: needs the key "test" …x4f2 for ${new URL(run.baseUrl).host}.`],
  );
});
