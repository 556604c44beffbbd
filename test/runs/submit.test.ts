import assert from 'node:assert/strict';
import { EventEmitter, once } from 'node:events';
import { appendFile, mkdir, readFile, rename, rm, truncate, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { test } from 'node:test';
import { systemClock } from '../../runs/clock';
import type { RunError } from '../../runs/run-error';
import { adoptBatch, declareNotSent, settleSending, settleUncertain } from '../../runs/settle';
import { standingOf } from '../../runs/standing';
import { apiOf, checkOf, jumpingClock, manyIds, newWorld, requestLine } from './setup';

const CREATE = '/v1/messages/batches';

test('the bytes that were checked are the bytes that arrive, and the journal knows the batch', async (t) => {
  const world = await newWorld(t);
  const source = path.join(world.folder, 'odd.jsonl');
  await writeFile(
    source,
    `\uFEFF${requestLine('a')}\r\n\n \t\n${requestLine('b', 'é🙂 \\u00e9')}\r${requestLine('c')}`,
  );
  const check = await checkOf(source);
  const { run, error } = await world.submit(source);
  const [create] = world.sandbox.requests;
  assert.equal(error, null);
  assert.deepEqual([create?.bytes, create?.sha256], [check.bytes, check.sha256]);
  assert.equal(create?.headers['content-length'], String(check.bytes));
  assert.deepEqual([run.state, run.requests, run.batch?.id], ['in_progress', 3, world.sandbox.batches()[0]?.id]);
  assert.deepEqual(await world.journal.get(run.id), run);
  assert.deepEqual(await world.journal.ids(run.id), ['a', 'b', 'c']);
  const wanted = { source, sha256: check.sha256 ?? '', baseUrl: world.api.baseUrl, ...check.judgedBy };
  assert.deepEqual(await standingOf(wanted, world.journal), { kind: 'unfinished', run });
});

test('a large file goes out whole, with progress that ends at the total', async (t) => {
  const world = await newWorld(t);
  const source = await world.write(manyIds(20_000));
  const seen: number[] = [];
  const { run } = await world.submit(source, { onProgress: (sent) => seen.push(sent) });
  assert.equal(world.sandbox.requests[0]?.sha256, run.sha256);
  assert.ok(seen.length > 2 && seen.every((sent, i) => i === 0 || sent >= (seen[i - 1] ?? 0)));
  assert.equal(seen.at(-1), run.bytes);
  assert.equal((await world.journal.ids(run.id))?.length, 20_000);
});

const changes: Readonly<Record<string, (source: string) => Promise<void>>> = {
  'one byte is different': async (source) =>
    writeFile(source, (await readFile(source, 'utf8')).replace('ticket-7', 'ticket-x')),
  'a line was added': (source) => appendFile(source, `${requestLine('more')}\n`),
  'it was cut': (source) => truncate(source, 1000),
  'it was deleted': (source) => rm(source),
  'it became a folder': async (source) => {
    await rm(source);
    await mkdir(source);
  },
};

test('nothing is sent under another version or other betas than the file was checked for', async (t) => {
  const world = await newWorld(t);
  const source = await world.write(['a']);
  const { judgedBy, ...check } = await checkOf(source);
  for (const other of [{ apiVersion: '2023-06-01' }, { betas: ['files-api-2025-04-14'] }])
    await assert.rejects(
      world.submit(source, { check: { ...check, judgedBy: { ...judgedBy, ...other } } }),
      /under another version or other betas/,
    );
  assert.deepEqual([world.sandbox.requests, await world.journal.list()], [[], []]);
});

for (const [what, change] of Object.entries(changes)) {
  test(`nothing is made of a file when, after its check, ${what}`, async (t) => {
    const world = await newWorld(t);
    const source = await world.write(manyIds(30_000));
    const check = await checkOf(source);
    await change(source);
    const { run, error } = await world
      .submit(source, { check })
      .catch((thrown: RunError) => ({ run: null, error: thrown }));
    assert.equal(run?.state ?? 'not-sent', 'not-sent');
    assert.match(error?.kind ?? '', /^(changed|disk)$/);
    assert.deepEqual(world.sandbox.batches(), []);
    assert.deepEqual(await world.journal.listOpen(), []);
  });
}

test('a cancel in the middle of the upload makes nothing', async (t) => {
  const world = await newWorld(t);
  const canceling = new AbortController();
  const { run, error } = await world.submit(await world.write(manyIds(60_000)), {
    signal: canceling.signal,
    onProgress: (sent) => sent > 0 && canceling.abort(),
  });
  assert.deepEqual([run.state, error?.kind], ['not-sent', 'canceled']);
  assert.deepEqual(world.sandbox.batches(), []);
});

for (const [status, kind] of [
  [400, 'invalid'],
  [401, 'auth'],
  [403, 'permission'],
  [404, 'not-found'],
  [405, 'invalid'],
  [413, 'too-large'],
  [501, 'server'],
] as const) {
  test(`a refusal with status ${status} is not sent, and not sent again`, async (t) => {
    const world = await newWorld(t, { faults: [{ on: 'create', kind: 'answer', status }] });
    const { run, error } = await world.submit(await world.write(['a']));
    assert.deepEqual([run.state, error?.kind, world.arrived('POST', CREATE)], ['not-sent', kind, 1]);
    assert.equal(run.problem?.message, error?.message);
    assert.match(run.problem?.requestId ?? '', /^req_/);
  });
}

for (const status of [429, 529]) {
  test(`a server that asks for patience with ${status} is sent the same again, when it wants it`, async (t) => {
    const world = await newWorld(t, {
      faults: [
        { on: 'create', kind: 'answer', status, times: 2 },
        { on: 'create', kind: 'answer', status, retryAfter: '7', nth: 3 },
      ],
    });
    const clock = jumpingClock();
    const waits: string[] = [];
    const onWaiting = ({ kind }: RunError, ms: number) => waits.push(`${kind} ${ms}`);
    const { run, error } = await world.submit(await world.write(['a']), { clock, onWaiting });
    assert.deepEqual([run.state, error, world.sandbox.batches().length], ['in_progress', null, 1]);
    assert.deepEqual(clock.sleeps, [1000, 2000, 7000]);
    assert.equal(waits.length, 3);
  });
}

for (const status of [408, 409, 500, 502, 503, 504]) {
  test(`after ${status} it is not known whether a batch was made`, async (t) => {
    const world = await newWorld(t, { faults: [{ on: 'create', kind: 'answer', status }] });
    const { run } = await world.submit(await world.write(['a']));
    assert.deepEqual([run.state, world.arrived('POST', CREATE)], ['uncertain', 1]);
    assert.ok(run.attempt?.ended);
  });
}

test('a spend limit is no matter of patience', async (t) => {
  const message = 'You have reached your specified API usage limits.';
  const world = await newWorld(t, { faults: [{ on: 'create', kind: 'answer', status: 429, message }] });
  const { run, error } = await world.submit(await world.write(['a']), { clock: jumpingClock() });
  assert.deepEqual([run.state, error?.kind, world.arrived('POST', CREATE)], ['not-sent', 'billing', 1]);
});

test('a wrong key is refused before the whole file was sent', async (t) => {
  const world = await newWorld(t);
  const source = await world.write(manyIds(60_000));
  const { run, error } = await world.submit(source, { api: apiOf(world.sandbox.url, 'sk-wrong-0123456789') });
  assert.deepEqual([run.state, error?.kind], ['not-sent', 'auth']);
});

test('a body that is too large for the API is refused while it is being sent', async (t) => {
  const world = await newWorld(t, { maxBytes: 100_000 });
  const { run, error } = await world.submit(await world.write(manyIds(60_000)));
  assert.deepEqual([run.state, error?.kind], ['not-sent', 'too-large']);
});

test('without a connection nothing is sent, however small the file', async (t) => {
  const world = await newWorld(t);
  const source = await world.write(['a']);
  const { url } = world.sandbox;
  const failsFor = async (baseUrl: string) => {
    const { run, error } = await world.submit(source, { api: apiOf(baseUrl, 'key'), clock: jumpingClock() });
    assert.deepEqual([run.state, error?.kind], ['not-sent', 'network'], baseUrl);
  };
  await failsFor('http://no-such-host.invalid');
  await failsFor(url.replace('http:', 'https:'));
  await world.sandbox.close();
  await failsFor(url);
});

test('a connection cut before the last byte makes nothing', async (t) => {
  const world = await newWorld(t, { faults: [{ on: 'create', kind: 'drop', when: 'before-body' }] });
  const { run } = await world.submit(await world.write(manyIds(60_000)));
  assert.deepEqual([run.state, run.attempt?.number, world.sandbox.batches().length], ['in_progress', 2, 1]);
});

test('a connection that is always cut before the last byte is given up, and nothing was made', async (t) => {
  const world = await newWorld(t, { faults: [{ on: 'create', kind: 'drop', when: 'before-body', times: 9 }] });
  const clock = jumpingClock();
  const { run, error } = await world.submit(await world.write(manyIds(60_000)), { clock });
  assert.deepEqual([run.state, error?.kind, clock.sleeps], ['not-sent', 'network', [1000, 3000]]);
  assert.equal(world.sandbox.batches().length, 0);
});

test('a batch whose answer was lost is found again, and created exactly once', async (t) => {
  const world = await newWorld(t, { faults: [{ on: 'create', kind: 'drop', when: 'after-work' }] });
  await world.submit(await world.write(['other', 'size'], 'other.jsonl'), { api: world.api });
  world.sandbox.faults.push({ on: 'create', kind: 'drop', when: 'after-work' });
  const known = await settleUncertain((await world.journal.list())[0]!, world);
  assert.equal(known.kind, 'adopted');
  const { run, error } = await world.submit(await world.write(['a', 'b', 'c']));
  assert.deepEqual([run.state, error?.kind], ['uncertain', 'network']);
  const settlement = await settleUncertain(run, world);
  assert.deepEqual([settlement.kind, settlement.run.state], ['adopted', 'in_progress']);
  assert.equal(settlement.run.batch?.id, world.sandbox.batches()[0]?.id);
  assert.equal(settlement.run.problem, null);
  assert.equal(world.arrived('POST', CREATE), 2, 'one for each submission');
});

test('a failure of the API leaves it open whether a batch was made', async (t) => {
  const world = await newWorld(t, { faults: [{ on: 'create', kind: 'answer', status: 500 }] });
  const clock = jumpingClock();
  const { run } = await world.submit(await world.write(['a']), { clock });
  assert.equal(run.state, 'uncertain');
  const settlement = await settleUncertain(run, { ...world, settleMs: 6000, clock });
  assert.deepEqual([settlement.kind, clock.sleeps], ['none', [2000, 2000, 2000]]);
  assert.equal((await settleUncertain(run, { ...world, settleMs: 6000, clock })).kind, 'none', 'the time is over');
  assert.equal(clock.sleeps.length, 3);
  assert.equal((await declareNotSent(run, world.journal)).state, 'not-sent');
  assert.deepEqual(await world.journal.listOpen(), []);
});

test('where two batches could be it, a person decides', async (t) => {
  const world = await newWorld(t, { faults: [{ on: 'create', kind: 'drop', when: 'after-work' }] });
  const source = await world.write(['a']);
  const { run } = await world.submit(source);
  await world.submit(source);
  const [, theirs] = await world.journal.list();
  await world.journal.remove(theirs?.id === run.id ? (await world.journal.list())[0]!.id : theirs!.id);
  const settlement = await settleUncertain(run, world);
  assert.equal(settlement.kind, 'several');
  const ids = settlement.kind === 'several' ? settlement.candidates.map(({ id }) => id) : [];
  assert.deepEqual(
    ids,
    world.sandbox.batches().map(({ id }) => id),
  );
  const adopted = await adoptBatch(run, ids[1] ?? '', world);
  assert.deepEqual([adopted.state, adopted.batch?.id], ['in_progress', ids[1]]);
});

test('two undecided runs of one size do not guess whose the batch is', async (t) => {
  const world = await newWorld(t, {
    faults: [
      { on: 'create', kind: 'drop', when: 'after-work' },
      { on: 'create', kind: 'drop', when: 'before-work', nth: 2 },
    ],
  });
  const { run } = await world.submit(await world.write(['a']));
  await world.submit(await world.write(['b'], 'b.jsonl'));
  assert.equal((await settleUncertain(run, world)).kind, 'several');
});

test('a program that ended while it was sending has bought nothing before the last bytes', async (t) => {
  const world = await newWorld(t);
  const { run } = await world.submit(await world.write(['a']));
  const early = await world.journal.update(run.id, { state: 'sending', batch: null });
  assert.equal((await settleSending(early, world.journal)).state, 'uncertain');
  await world.journal.remove(run.id);
  const begun = run.attempt && { ...run.attempt, released: null };
  await world.journal.put({ ...run, state: 'sending', batch: null, attempt: begun });
  assert.equal((await settleSending(early, world.journal)).state, 'not-sent');
});

test('a run that is being sent is left alone', async (t) => {
  const held = new EventEmitter();
  const until = once(held, 'release');
  const world = await newWorld(t, { faults: [{ on: 'create', kind: 'hold', when: 'after-work', until }] });
  const submitting = world.submit(await world.write(['a']));
  while (world.sandbox.batches().length === 0) await new Promise(setImmediate);
  const [sending] = await world.journal.listOpen();
  assert.equal(sending?.state, 'sending');
  assert.equal((await settleSending(sending!, world.journal)).state, 'sending');
  held.emit('release');
  assert.equal((await submitting).run.state, 'in_progress');
});

test('a batch that the journal cannot note is told to the person', async (t) => {
  const held = new EventEmitter();
  const until = once(held, 'release');
  const world = await newWorld(t, { faults: [{ on: 'create', kind: 'hold', when: 'after-work', until }] });
  const submitting = world.submit(await world.write(['a']));
  while (world.sandbox.batches().length === 0) await new Promise(setImmediate);
  await rename(path.join(world.folder, 'state', 'open'), path.join(world.folder, 'state', 'moved'));
  await writeFile(path.join(world.folder, 'state', 'open'), '');
  held.emit('release');
  const { run, error } = await submitting;
  assert.deepEqual([run.state, run.batch?.id, error?.kind], ['in_progress', world.sandbox.batches()[0]?.id, 'disk']);
  assert.match(error?.message ?? '', /^The batch msgbatch_\w+ was made\. The journal /);
});

test('every submission has a results file of its own', async (t) => {
  const world = await newWorld(t);
  const source = await world.write(['a']);
  const clock = { ...systemClock, now: () => Date.UTC(2026, 10, 20, 21, 4) };
  const first = await world.submit(source, { clock });
  const second = await world.submit(source, { clock });
  assert.equal(path.basename(first.run.resultsPath), 'tickets.20261120T2104Z.results.jsonl');
  assert.equal(path.basename(second.run.resultsPath), 'tickets.20261120T2104Z-2.results.jsonl');
});

test('a file is only sent under what it was checked for', async (t) => {
  const world = await newWorld(t);
  const source = await world.write(['a']);
  const check = await checkOf(source);
  const other = { ...check, judgedBy: { ...check.judgedBy, apiVersion: '2023-06-01' } };
  await assert.rejects(world.submit(source, { check: other }), /another version/);
  await assert.rejects(world.submit(source, { check: { ...check, sha256: null } }), /checked on disk/);
  assert.deepEqual(world.sandbox.requests, []);
});

test('where the journal cannot be written, nothing is sent', async (t) => {
  const world = await newWorld(t);
  const source = await world.write(['a']);
  const check = await checkOf(source);
  await rm(path.join(world.folder, 'state'), { recursive: true });
  await assert.rejects(world.submit(source, { check }), { kind: 'disk' });
  assert.deepEqual(world.sandbox.requests, []);
});
