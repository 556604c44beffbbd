import assert from 'node:assert/strict';
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { type TestContext, test } from 'node:test';
import type { RowOutcome, Sandbox } from '../../sandbox/server';
import { builtCli, creates, workplace } from './cli';

const { run, start } = builtCli();

const FAST = ['--poll-interval', '0.02'];
const BUSY = { type: 'overloaded_error', message: 'Overloaded' };
const WRONG = { type: 'invalid_request_error', message: 'messages: Field required' };

/** A workplace in whose first `batches` batches requests end so, and in later ones as they deserve. */
async function failing(t: TestContext, rows: Record<string, RowOutcome>, batches: number, processingMs = 0) {
  const box: { sandbox?: Sandbox } = {};
  const entries = Object.entries(rows).map(([id, outcome]) => {
    const get = () => (box.sandbox && creates(box.sandbox) > batches ? undefined : outcome);
    return [id, { get, enumerable: true }] as const;
  });
  const place = await workplace(t, { processingMs, rows: Object.defineProperties({}, Object.fromEntries(entries)) });
  box.sandbox = place.sandbox;
  return place;
}

const rowsIn = (file: string): Record<string, string> =>
  Object.fromEntries(
    readFileSync(file, 'utf8')
      .trimEnd()
      .split('\n')
      .map((row) => JSON.parse(row))
      .map(({ custom_id, result }) => [custom_id, result.error?.error.type ?? result.type]),
  );

test('run --retry: what may succeed is bought again, and all results are one file', async (t) => {
  const { sandbox, cwd, env } = await failing(t, { 'ticket-1': BUSY, 'ticket-2': 'expired', 'ticket-3': WRONG }, 1);
  const { code, stdout, stderr, last } = await run(['run', 'tickets.jsonl', '--retry', '3', ...FAST], { cwd, env });
  assert.equal(code, 3, stderr);
  assert.equal(creates(sandbox), 2);
  assert.match(stderr, /Would fail again unchanged: 1 request\./);
  assert.match(stderr, /Retry 1: 2 requests, in .*tickets\.retry-1\.batch\.jsonl/);
  assert.match(stderr, /5 results of 2 attempts\.\nNot answered: 1 request of 5\./);
  assert.match(last, /^2 requests were sent, as batch /);
  assert.equal(path.basename(stdout.trim()), 'tickets.merged.results.jsonl');
  assert.deepEqual(rowsIn(stdout.trim()), {
    'ticket-0': 'succeeded',
    'ticket-1': 'succeeded',
    'ticket-2': 'succeeded',
    'ticket-3': 'invalid_request_error',
    'ticket-4': 'succeeded',
  });
  const retried = readFileSync(path.join(cwd, 'tickets.retry-1.batch.jsonl'), 'utf8');
  const lines = readFileSync(path.join(cwd, 'tickets.jsonl'), 'utf8').split(/(?<=\n)/);
  assert.equal(retried, lines.slice(1, 3).join(''));

  const again = await run(['run', 'tickets.jsonl', '--retry', '3', ...FAST], { cwd, env });
  assert.deepEqual([again.code, again.stdout, creates(sandbox)], [3, stdout, 2], again.stderr);
  const allowed = ['--allow-failed', '1', '--format', 'json', '-o', 'all.jsonl'];
  const json = await run(['run', 'tickets.jsonl', '--retry', '1', ...allowed, ...FAST], { cwd, env });
  assert.deepEqual([json.code, JSON.parse(json.stdout).results], [0, path.join(cwd, 'all.jsonl')], json.stderr);
  assert.equal(creates(sandbox), 2);
});

test('run --retry: never more often than was said, however often it is started', async (t) => {
  const { sandbox, cwd, env } = await failing(t, { 'ticket-1': BUSY }, 99);
  const retrying = (times: number) => run(['run', 'tickets.jsonl', '--retry', String(times), ...FAST], { cwd, env });
  assert.equal((await retrying(2)).code, 3);
  assert.equal(creates(sandbox), 3);
  assert.equal((await retrying(2)).code, 3);
  assert.equal(creates(sandbox), 3);
  await retrying(3);
  assert.equal(creates(sandbox), 4);
  const none = await run(['run', 'tickets.jsonl', '--retry', 'x', ...FAST], { cwd, env });
  assert.deepEqual([none.code, none.last], [2, 'Nothing was sent.']);
});

test('run --retry: killed while the retry runs, it goes on with that one', async (t) => {
  const { sandbox, cwd, env } = await failing(t, { 'ticket-1': BUSY }, 1, Number.POSITIVE_INFINITY);
  const args = ['run', 'tickets.jsonl', '--retry', '2', ...FAST];
  const killed = start(args, { cwd, env });
  const until = async (happened: () => boolean) => {
    while (!happened()) await new Promise((resolve) => setImmediate(resolve));
  };
  await until(() => sandbox.batches().length === 1);
  await sandbox.advance();
  const asked = () => sandbox.requests.filter(({ method, path: at }) => method === 'GET' && at.includes(retryId()));
  const retryId = () => sandbox.batches()[0]?.id ?? '-';
  await until(() => sandbox.batches().length === 2 && asked().length > 0);
  killed.process.kill('SIGKILL');
  await killed.ended;
  await sandbox.advance();
  const { code, stdout, stderr } = await run(args, { cwd, env });
  assert.equal(code, 0, stderr);
  assert.match(stderr, /Retry under way: run /);
  assert.equal(creates(sandbox), 2);
  assert.equal(Object.keys(rowsIn(stdout.trim())).length, 5);
});

test('a retry belongs to its run wherever it is and whatever it is called', async (t) => {
  const { cwd, env } = await failing(t, { 'ticket-1': BUSY, 'ticket-4': BUSY }, 1);
  await run(['run', 'tickets.jsonl', ...FAST], { cwd, env });
  const { stdout } = await run(['retry', 'tickets.jsonl'], { cwd, env });
  renameSync(stdout.trim(), path.join(cwd, 'once-more.jsonl'));
  const again = await run(['run', 'once-more.jsonl', '-o', 'elsewhere.jsonl', ...FAST], { cwd, env });
  assert.equal(again.code, 0, again.stderr);
  assert.ok(existsSync(path.join(cwd, 'elsewhere.jsonl')));
  const merged = await run(['results', 'tickets.jsonl', '--merged'], { cwd, env });
  assert.equal(merged.code, 0, merged.stderr);
  assert.match(merged.stderr, /5 results of 2 attempts\./);
});

test('retry says which lines are not as they were sent', async (t) => {
  const { cwd, env } = await failing(t, { 'ticket-1': BUSY, 'ticket-4': BUSY }, 1);
  await run(['run', 'tickets.jsonl', ...FAST], { cwd, env });
  const file = path.join(cwd, 'tickets.jsonl');
  const lines = readFileSync(file, 'utf8').split(/(?<=\n)/);
  writeFileSync(file, [lines[0], lines[1]?.replace('order?', 'parcel?'), ...lines.slice(2)].join(''));
  const { stderr } = await run(['retry', 'tickets.jsonl'], { cwd, env });
  assert.match(stderr, /1 of them were changed since they were sent \(ticket-1\)\./);
});
