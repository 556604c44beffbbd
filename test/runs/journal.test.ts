import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { readdir, readFile, stat, utimes, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import path from 'node:path';
import { type TestContext, test } from 'node:test';
import { bootId } from '../../runs/instant';
import { type Journal, openJournal } from '../../runs/journal';
import { recordOf } from '../../runs/journal-records';
import { hasOpenRuns } from '../../runs/pending';
import type { Run } from '../../runs/run';
import { defaultStateDir } from '../../runs/state-dir';
import { lineMark } from '../../runs/submitted';
import { newFolder } from './setup';

const submitted = (customId: string) => ({ customId, mark: lineMark(Buffer.from(customId)) });

const RUN: Run = {
  id: '20261120T2104Z-00c0ffee',
  source: '/batches/tickets.jsonl',
  sandbox: false,
  startedAt: '2026-11-20T21:04:05.000Z',
  baseUrl: 'https://api.anthropic.com',
  key: { name: 'team', tail: 'x4f2' },
  apiVersion: '2026-10-21',
  betas: [],
  contextHash: 'c0ffee',
  requests: 2,
  bytes: 100,
  sha256: 'abc',
  idsDigest: 'd',
  again: false,
  estimateUsd: 1.5,
  state: 'in_progress',
  attempt: null,
  batch: null,
  adoption: null,
  rejected: [],
  account: null,
  reach: null,
  resultsPath: '/batches/tickets.20261120T2104Z.results.jsonl',
  outcome: null,
  problem: null,
};

async function newJournal(t: TestContext) {
  const stateDir = path.join(await newFolder(t), 'state');
  const broken: string[] = [];
  return { stateDir, broken, journal: await openJournal(stateDir, (file) => broken.push(file)) };
}

test('a run is found again by every program, newest first, under `open` until nothing is to be done', async (t) => {
  const { journal, stateDir } = await newJournal(t);
  const newer = { ...RUN, id: 'newer', startedAt: '2026-11-20T22:00:00.000Z' };
  await journal.put(RUN);
  await journal.put(newer);
  const other = await openJournal(stateDir);
  assert.deepEqual(await other.list(), [newer, RUN]);
  assert.equal(await hasOpenRuns(stateDir), true);
  await other.update(RUN.id, { state: 'fetched' });
  await other.update('newer', { state: 'not-sent' });
  assert.deepEqual(await journal.listOpen(), []);
  assert.equal(await hasOpenRuns(stateDir), false);
  assert.deepEqual(
    (await journal.list()).map(({ id, state }) => [id, state]),
    [
      ['newer', 'not-sent'],
      [RUN.id, 'fetched'],
    ],
  );
});

test('folders and files are for the person alone', {
  skip: process.platform === 'win32' && 'has no modes',
}, async (t) => {
  const { journal, stateDir } = await newJournal(t);
  await journal.put(RUN);
  await journal.putSubmitted(RUN.id, [submitted('a')]);
  const modes = async (...names: string[]) => ((await stat(path.join(stateDir, ...names))).mode & 0o777).toString(8);
  assert.deepEqual(await Promise.all([modes('.'), modes('open'), modes('ids')]), ['700', '700', '700']);
  assert.equal(await modes('open', `${RUN.id}.journal`), '600');
  assert.equal(await modes('ids', `${RUN.id}.txt`), '600');
});

test('what a newer version wrote survives, and what only it can read is left alone', async (t) => {
  const { journal, stateDir, broken } = await newJournal(t);
  const file = path.join(stateDir, 'open', `${RUN.id}.journal`);
  await journal.put({ ...RUN, color: 'green' } as Run);
  await journal.update(RUN.id, { requests: 3 });
  assert.deepEqual(await journal.get(RUN.id), { ...RUN, requests: 3, color: 'green' });
  assert.equal((await readFile(file, 'utf8')).trimEnd().split('\n').length, 2);
  const later = recordOf({ ...RUN, id: 'later' }).replace('"v":1', '"v":9');
  await writeFile(path.join(stateDir, 'open', 'later.journal'), withChecksum(later));
  await writeFile(
    path.join(stateDir, 'open', 'dreaming.journal'),
    recordOf({ ...RUN, id: 'dreaming', state: 'dreaming' as Run['state'] }),
  );
  assert.deepEqual(
    (await journal.listOpen()).map(({ id }) => id),
    [RUN.id],
  );
  assert.deepEqual([broken, (await readdir(path.join(stateDir, 'open'))).length], [[], 3]);
});

/** A record whose text was changed, with what belongs before it. */
function withChecksum(record: string): string {
  const json = record.slice(record.indexOf('{')).trimEnd();
  return `${Buffer.byteLength(json)} ${createHash('sha256').update(json).digest('hex').slice(0, 16)} ${json}\n`;
}

test('a broken file is put aside and told of, and the others are read', async (t) => {
  const { journal, stateDir, broken } = await newJournal(t);
  await journal.put(RUN);
  await writeFile(path.join(stateDir, 'open', 'half.journal'), '{"id": "half"}\n');
  await writeFile(path.join(stateDir, 'closed', 'other.journal'), `${recordOf({ id: 'other' })}`);
  assert.deepEqual(await journal.list(), [RUN]);
  const aside = path.join(stateDir, 'broken');
  assert.deepEqual(broken.sort(), [path.join(aside, 'half.journal'), path.join(aside, 'other.journal')]);
  assert.equal(await readFile(path.join(aside, 'half.journal'), 'utf8'), '{"id": "half"}\n');
});

test('cut off at any byte of its last record, a file tells what it told before it, and goes on from there', async (t) => {
  const { journal, stateDir, broken } = await newJournal(t);
  const file = path.join(stateDir, 'open', `${RUN.id}.journal`);
  await journal.put(RUN);
  await journal.update(RUN.id, { estimateUsd: 2 });
  const before = await readFile(file);
  await journal.update(RUN.id, { problem: { message: 'Ein Ärger', requestId: null } });
  const whole = await readFile(file);
  for (let length = before.length; length < whole.length; length++) {
    await writeFile(file, whole.subarray(0, length));
    assert.deepEqual(await journal.get(RUN.id), { ...RUN, estimateUsd: 2 });
    assert.equal(await journal.mayHaveLeft(RUN.id), length > before.length, 'something more was to be said');
    await journal.update(RUN.id, { requests: length });
    assert.deepEqual(await journal.get(RUN.id), { ...RUN, estimateUsd: 2, requests: length });
  }
  assert.deepEqual(broken, []);
});

test('a damaged record in the middle is told of, and the rest still counts', async (t) => {
  const { journal, stateDir, broken } = await newJournal(t);
  const file = path.join(stateDir, 'open', `${RUN.id}.journal`);
  await journal.put(RUN);
  await journal.update(RUN.id, { estimateUsd: 2 });
  await journal.update(RUN.id, { requests: 7 });
  await writeFile(file, (await readFile(file, 'utf8')).replace('"estimateUsd":2', '"estimateUsd":3'));
  assert.deepEqual(await journal.get(RUN.id), { ...RUN, requests: 7 });
  await journal.list();
  assert.deepEqual(broken, [file], 'once');
});

test('of many who write at once, none undoes what another wrote', async (t) => {
  const { journal, stateDir } = await newJournal(t);
  await journal.put(RUN);
  const others = await Promise.all([1, 2, 3].map(() => openJournal(stateDir)));
  await Promise.all(
    others.flatMap((other, i) =>
      [0, 1, 2, 3].map((j) => other.update(RUN.id, { [`fact${i}${j}`]: true } as Partial<Run>)),
    ),
  );
  const told = Object.keys((await journal.get(RUN.id)) ?? {}).filter((name) => name.startsWith('fact'));
  assert.equal(told.length, 12);
});

test('a file does not grow for ever', async (t) => {
  const { journal, stateDir } = await newJournal(t);
  const file = path.join(stateDir, 'open', `${RUN.id}.journal`);
  await writeFile(file, recordOf(RUN) + recordOf({ requests: 3 }).repeat(500));
  await journal.update(RUN.id, { estimateUsd: 4 });
  assert.deepEqual(await journal.get(RUN.id), { ...RUN, requests: 3, estimateUsd: 4 });
  assert.equal((await readFile(file, 'utf8')).trimEnd().split('\n').length, 1);
});

test('a step is taken only from the state that it belongs to', async (t) => {
  const { journal } = await newJournal(t);
  await journal.put({ ...RUN, state: 'fetched' });
  assert.equal((await journal.update(RUN.id, { state: 'ended' }, 'in_progress')).state, 'fetched');
  assert.equal((await journal.get(RUN.id))?.state, 'fetched');
});

test('ids come back in order, and a forgotten run takes them along', async (t) => {
  const { journal } = await newJournal(t);
  await journal.put(RUN);
  assert.equal(await journal.ids(RUN.id), null);
  await journal.putSubmitted(RUN.id, ['b', 'a', 'c'].map(submitted));
  assert.deepEqual(await journal.ids(RUN.id), ['b', 'a', 'c']);
  await journal.remove(RUN.id);
  assert.deepEqual([await journal.get(RUN.id), await journal.ids(RUN.id)], [undefined, null]);
});

test('a change by another program is told', async (t) => {
  const { journal, stateDir } = await newJournal(t);
  const told = new EventTarget();
  const watching = journal.watch(() => told.dispatchEvent(new Event('change')));
  t.after(() => watching.close());
  const changed = once(told, 'change');
  await (await openJournal(stateDir)).put(RUN);
  await changed;
  assert.deepEqual(await journal.listOpen(), [RUN]);
});

test('a lock is held by one, and free again when it is released', async (t) => {
  const { journal, stateDir } = await newJournal(t);
  const other = await openJournal(stateDir);
  const lock = await journal.lock('a');
  assert.equal(await other.lock('a'), null);
  assert.ok(await other.lock('b'));
  await lock?.release();
  assert.ok(await other.lock('a'));
});

test('a lock whose holder is gone is taken over by one', async (t) => {
  const { journal, stateDir } = await newJournal(t);
  const file = path.join(stateDir, 'locks', 'a.lock');
  // The largest process id of Linux is 2^22.
  await writeFile(file, JSON.stringify({ pid: 2 ** 22 + 1, host: hostname(), boot: bootId(), nonce: 'x' }));
  const takers = await Promise.all([1, 2, 3, 4].map(() => journal.lock('a')));
  assert.equal(takers.filter((lock) => lock !== null).length, 1);
  const far = path.join(stateDir, 'locks', 'b.lock');
  await writeFile(far, JSON.stringify({ pid: process.pid, host: 'another', nonce: 'x' }));
  assert.equal(await journal.lock('b'), null);
  const longAgo = new Date(Date.now() - 3_600_000);
  await utimes(far, longAgo, longAgo);
  assert.ok(await journal.lock('b'));
});

test('on this machine the age of a lock says nothing, and another boot or another process everything', async (t) => {
  const { journal, stateDir } = await newJournal(t);
  const longAgo = new Date(Date.now() - 3_600_000);
  const locked = async (name: string, holder: object) => {
    const file = path.join(stateDir, 'locks', `${name}.lock`);
    await writeFile(file, JSON.stringify({ host: hostname(), pid: process.pid, ...holder }));
    await utimes(file, longAgo, longAgo);
    return (await journal.lock(name)) === null;
  };
  const mine = JSON.parse(await heldText(journal, stateDir));
  assert.equal(await locked('alive', mine), true, 'a lid was closed, a clock was set');
  assert.equal(await locked('boot', { ...mine, boot: 'another' }), false);
  if (mine.started) assert.equal(await locked('recycled', { ...mine, started: '1' }), false);
  assert.equal(await locked('far', { ...mine, host: 'another' }), false);
});

async function heldText(journal: Journal, stateDir: string): Promise<string> {
  const lock = await journal.lock('mine');
  const text = await readFile(path.join(stateDir, 'locks', 'mine.lock'), 'utf8');
  await lock?.release();
  return text;
}

test('the journal lies where each platform keeps state', () => {
  assert.equal(defaultStateDir({ MESSAGE_BATCHES_STATE_DIR: '/x/y' }, 'linux', '/home/me'), '/x/y');
  assert.equal(defaultStateDir({ XDG_STATE_HOME: '/s' }, 'linux', '/home/me'), '/s/message-batches');
  assert.equal(
    defaultStateDir({ XDG_STATE_HOME: 'relative' }, 'linux', '/home/me'),
    '/home/me/.local/state/message-batches',
  );
  assert.equal(defaultStateDir({}, 'darwin', '/Users/me'), '/Users/me/Library/Application Support/message-batches');
  assert.ok(defaultStateDir({ LOCALAPPDATA: '/local' }, 'win32', '/me').startsWith(path.normalize('/local')));
});
