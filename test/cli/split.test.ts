import assert from 'node:assert/strict';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { type TestContext, test } from 'node:test';
import { batch, builtCli, creates, workplace } from './cli';

const { run } = builtCli();

const FAST = ['--poll-interval', '0.02', '--settle', '0'];

/** A file of twelve requests, submitted in batches of five. */
async function split(t: TestContext, options: Parameters<typeof workplace>[1] = {}) {
  const place = await workplace(t, options);
  const { cwd, env } = place;
  writeFileSync(path.join(cwd, 'tickets.jsonl'), batch(12));
  const command = (name: string, ...flags: string[]) => run([name, 'tickets.jsonl', ...flags], { cwd, env });
  const nightly = (...flags: string[]) => command('run', '--split-at', '5', '-o', 'out.jsonl', ...FAST, ...flags);
  const results = () => idsIn(path.join(cwd, 'out.jsonl'));
  return { ...place, command, nightly, results };
}

const idsIn = (file: string): string[] =>
  readFileSync(file, 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line).custom_id);

const ALL = Array.from({ length: 12 }, (_, i) => `ticket-${i}`).sort();

test('a file over a size is one run of several batches, with one file of results', async (t) => {
  const { sandbox, cwd, env, nightly, results } = await split(t);
  const ended = await nightly('--format', 'json');
  assert.equal(ended.code, 0, ended.stderr);
  assert.match(ended.stderr, /Sending 12 requests, .*, as several batches of one run, to/);
  assert.match(ended.last, /^12 requests were sent, as the batches msgbatch_\w+, msgbatch_\w+, msgbatch_\w+\.$/);
  assert.deepEqual(
    sandbox.batches().map(({ request_counts }) => request_counts.succeeded),
    [2, 5, 5],
  );
  assert.deepEqual(results().sort(), ALL);
  assert.deepEqual(
    readdirSync(cwd).filter((name) => name.includes('part')),
    [],
    'nothing is left of the parts',
  );
  const { run: made } = JSON.parse(ended.stdout);
  assert.deepEqual([made.requests, made.outcome.succeeded, made.outcome.missing], [12, 12, []]);
  const { runs } = JSON.parse((await run(['status', '--format', 'json'], { cwd, env })).stdout);
  assert.deepEqual(
    runs.map(({ id }: { id: string }) => id),
    [made.id],
  );
  const again = await nightly();
  assert.equal(again.code, 0, again.stderr);
  assert.match(again.stderr, /Already complete/);
  assert.equal(creates(sandbox), 3);
  const report = await run(['report', '--format', 'json'], { cwd, env });
  assert.equal(JSON.parse(report.stdout).runs.length, 1);
});

test('results that were moved away are fetched again, of every batch', async (t) => {
  const { cwd, env, nightly, command, results } = await split(t);
  assert.equal((await nightly()).code, 0);
  const elsewhere = await run(['results', 'tickets.jsonl', '-o', 'more.jsonl'], { cwd, env });
  assert.equal(elsewhere.code, 0, elsewhere.stderr);
  assert.deepEqual(idsIn(path.join(cwd, 'more.jsonl')).sort(), ALL);
  assert.deepEqual(results().sort(), ALL);
  assert.equal((await command('status')).code, 0);
});

test('what is refused in the middle waits, and the same command sends the rest', async (t) => {
  const faults = [{ on: 'create', kind: 'answer', status: 400, nth: 2 }] as const;
  const { sandbox, nightly, command, results } = await split(t, { faults });
  const first = await nightly();
  assert.equal(first.code, 2, first.stderr);
  assert.match(first.stderr, /Batch 2 of 3, 5 requests: .*\n5 of 12 requests were sent, as batch msgbatch_\w+\.\n$/);
  assert.match((await command('status')).stdout, /sent in part/);
  const second = await nightly();
  assert.equal(second.code, 0, second.stderr);
  assert.match(second.stderr, /Of the same requests 5 of 12 were sent at .*: the rest is to be sent yet\./);
  assert.match(second.stderr, /Sending the other 7 of 12 requests/);
  assert.equal(sandbox.batches().length, 3);
  assert.deepEqual(results().sort(), ALL);
});

test('where the answer to one is lost, it is looked for before the next is sent', async (t) => {
  const faults = [{ on: 'create', kind: 'drop', when: 'after-work', nth: 2 }] as const;
  const { sandbox, nightly, results } = await split(t, { faults });
  const ended = await nightly();
  assert.equal(ended.code, 0, ended.stderr);
  assert.match(ended.stderr, /It is batch msgbatch_\w+, as far as can be told/);
  assert.equal(sandbox.batches().length, 3);
  assert.deepEqual(results().sort(), ALL);
});

test('canceled in the middle, the others are never sent, and those are missing in the results', async (t) => {
  const faults = [{ on: 'create', kind: 'answer', status: 400, nth: 2 }] as const;
  const { sandbox, nightly, command, results } = await split(t, {
    faults,
    processingMs: Number.POSITIVE_INFINITY,
    cancelMs: 0,
  });
  assert.equal((await nightly()).code, 2);
  const canceled = await command('cancel');
  assert.equal(canceled.code, 0, canceled.stderr);
  const ended = await nightly();
  assert.equal(ended.code, 3, ended.stderr);
  assert.match(ended.stderr, /7 missing/);
  assert.equal(sandbox.batches().length, 1);
  assert.equal(results().length, 5);
});

test('a file with other content is not sent while one of its batches goes on', async (t) => {
  const { cwd, command, sandbox } = await split(t, { processingMs: Number.POSITIVE_INFINITY });
  assert.equal((await command('submit', '--split-at', '5')).code, 0);
  writeFileSync(path.join(cwd, 'tickets.jsonl'), batch(13));
  const other = await command('run', ...FAST);
  assert.equal(other.code, 4, other.stderr);
  assert.match(other.stderr, /12 of its 12 ids are still in the file/);
  assert.equal(creates(sandbox), 3);
});
