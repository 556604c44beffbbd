import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { batch, builtCli, creates, line, workplace } from './cli';

const { run, start } = builtCli();

const FAST = ['--poll-interval', '0.02'];
const MANUAL = { processingMs: Number.POSITIVE_INFINITY, cancelMs: 0 };

const resultsIn = (folder: string) => readdirSync(folder).filter((name) => name.includes('.results.'));

test('run: from a file to its results beside it', async (t) => {
  const { sandbox, cwd, env } = await workplace(t);
  const { code, stdout, stderr, last } = await run(['run', 'tickets.jsonl', ...FAST], { cwd, env });
  assert.equal(code, 0, stderr);
  const results = stdout.trim();
  assert.match(path.basename(results), /^tickets\.\d{8}T\d{4}Z\.sandbox\.results\.jsonl$/);
  assert.equal(readFileSync(results, 'utf8').trimEnd().split('\n').length, 5);
  assert.match(stderr, /tickets\.jsonl: 5 answered · would cost/);
  assert.match(last, /^5 requests were sent, as batch msgbatch_sandbox_/);
  assert.equal(creates(sandbox), 1);
});

test('run: started again it fetches nothing and buys nothing', async (t) => {
  const { sandbox, cwd, env } = await workplace(t);
  const first = await run(['run', 'tickets.jsonl', ...FAST], { cwd, env });
  const again = await run(['run', 'tickets.jsonl', '--format', 'json', ...FAST], { cwd, env });
  assert.equal(again.code, 0, again.stderr);
  assert.equal(JSON.parse(again.stdout).results, first.stdout.trim());
  assert.match(again.last, /^Nothing was sent again: batch msgbatch_sandbox_\w+ was sent at /);
  assert.equal(creates(sandbox), 1);
  assert.equal(resultsIn(cwd).length, 1);
});

test('run: killed while it waits, it resumes', async (t) => {
  const { sandbox, cwd, env } = await workplace(t, MANUAL);
  const killed = start(['run', 'tickets.jsonl', ...FAST], { cwd, env });
  while (!sandbox.requests.some(({ method, path: at }) => method === 'GET' && at.includes('/msgbatch_'))) {
    await new Promise((resolve) => setImmediate(resolve));
  }
  killed.process.kill('SIGKILL');
  await killed.ended;
  await sandbox.advance();
  const { code, stderr } = await run(['run', 'tickets.jsonl', ...FAST], { cwd, env });
  assert.equal(code, 0, stderr);
  assert.equal(creates(sandbox), 1);
  assert.equal(resultsIn(cwd).length, 1);
});

test('run: --again buys once more, a changed file is another one', async (t) => {
  const { sandbox, cwd, env } = await workplace(t);
  await run(['run', 'tickets.jsonl', ...FAST], { cwd, env });
  const again = await run(['run', 'tickets.jsonl', '--again', '--format', 'json', ...FAST], { cwd, env });
  assert.deepEqual([again.code, JSON.parse(again.stdout).run.again], [0, true]);
  writeFileSync(path.join(cwd, 'tickets.jsonl'), batch(6));
  assert.equal((await run(['run', 'tickets.jsonl', ...FAST], { cwd, env })).code, 0);
  assert.equal(creates(sandbox), 3);
  assert.equal(resultsIn(cwd).length, 3);
});

test('the same requests under another name are not bought twice', async (t) => {
  const { sandbox, cwd, env } = await workplace(t);
  const first = await run(['run', 'tickets.jsonl', ...FAST], { cwd, env });
  writeFileSync(path.join(cwd, 'copy.jsonl'), batch(5));
  const { code, stdout, stderr } = await run(['run', 'copy.jsonl', ...FAST], { cwd, env });
  assert.deepEqual([code, stdout], [0, first.stdout], stderr);
  assert.equal(creates(sandbox), 1);
});

test('run: requests that were not answered are exit 3, unless so many are allowed', async (t) => {
  const { cwd, env } = await workplace(t, {
    rows: { 'ticket-1': { type: 'overloaded_error', message: 'Overloaded' }, 'ticket-2': 'expired' },
  });
  const amiss = await run(['run', 'tickets.jsonl', ...FAST], { cwd, env });
  assert.equal(amiss.code, 3);
  assert.match(amiss.stderr, /3 answered, 1 failed, 1 expired/);
  const allowed = async (share: string) =>
    (await run(['run', 'tickets.jsonl', '--allow-failed', share, ...FAST], { cwd, env })).code;
  assert.equal(await allowed('1'), 3);
  assert.equal(await allowed('2'), 0);
  assert.equal(await allowed('39%'), 3);
  assert.equal(await allowed('40%'), 0);
});

test('errors in the file are exit 1, and nothing is sent', async (t) => {
  const { sandbox, cwd, env } = await workplace(t);
  writeFileSync(path.join(cwd, 'bad.jsonl'), `${line('a', { max_tokens: 0 })}\n`);
  const { code, stderr, last } = await run(['submit', 'bad.jsonl'], { cwd, env });
  assert.equal(code, 1);
  assert.match(stderr, /bad\.jsonl:1:\d+: error: .* \[max-tokens\] \(a\)/);
  assert.equal(last, 'Nothing was sent.');
  const dear = await run(['run', 'tickets.jsonl', '--max-cost', '0'], { cwd, env });
  assert.equal(dear.code, 1);
  assert.equal(sandbox.requests.length, 0);
});

test('nothing is sent by settings that were not understood', async (t) => {
  const { sandbox, cwd, env } = await workplace(t);
  for (const broken of ['{ "maxCost": "0.01" }', '{ "maxcost": 0.01 }', '{ "maxCost": 0.01', '[]']) {
    writeFileSync(path.join(cwd, 'message-batches.json'), broken);
    const { code, stderr, last } = await run(['run', 'tickets.jsonl', ...FAST], { cwd, env });
    assert.equal(code, 2, stderr);
    assert.match(stderr, /Mend .*message-batches\.json first/);
    assert.equal(last, 'Nothing was sent.');
  }
  assert.equal(creates(sandbox), 0);
});

test('a key that is missing or wrong is exit 2, and nothing is sent', async (t) => {
  const { cwd, env } = await workplace(t);
  const missing = await run(['submit', 'tickets.jsonl'], { cwd, env: { ...env, ANTHROPIC_API_KEY: '' } });
  assert.equal(missing.code, 2);
  assert.match(missing.stderr, /There is no API key for 127\.0\.0\.1:\d+: set ANTHROPIC_API_KEY\./);
  const wrong = await run(['submit', 'tickets.jsonl'], {
    cwd,
    env: { ...env, ANTHROPIC_API_KEY: 'sk-ant-wrong-key-0000' },
  });
  assert.equal(wrong.code, 2);
  assert.equal(wrong.last, 'Nothing was sent.');
  assert.equal(wrong.stderr.includes('sk-ant-wrong-key-0000'), false);
});

test('a connection that is cut after the batch was made: it is found, and not bought twice', async (t) => {
  const { sandbox, cwd, env } = await workplace(t, { faults: [{ on: 'create', kind: 'drop', when: 'after-work' }] });
  const { code, stderr } = await run(['run', 'tickets.jsonl', ...FAST], { cwd, env });
  assert.equal(code, 0, stderr);
  assert.equal(creates(sandbox), 1);
});

test('where it cannot be found out, it is exit 4, and a person decides', async (t) => {
  const { sandbox, cwd, env } = await workplace(t, {
    faults: [{ on: 'create', kind: 'drop', when: 'before-work', times: 2 }],
  });
  const undecided = await run(['run', 'tickets.jsonl', '--settle', '0', '--format', 'json'], { cwd, env });
  assert.equal(undecided.code, 4, undecided.stderr);
  assert.match(undecided.last, /^It is not known whether a batch was sent: see run /);
  const still = await run(['submit', 'tickets.jsonl', '--settle', '0'], { cwd, env });
  assert.equal(still.code, 4);
  assert.equal(creates(sandbox), 1, 'an undecided submission is not sent again by itself');
  sandbox.faults.length = 0;
  const resent = await run(['run', 'tickets.jsonl', '--resend', ...FAST], { cwd, env });
  assert.equal(resent.code, 0, resent.stderr);
  assert.equal(creates(sandbox), 2);
});

test('--adopt names the batch of an undecided submission', async (t) => {
  const { sandbox, cwd, env } = await workplace(t, { faults: [{ on: 'create', kind: 'drop', when: 'before-work' }] });
  await run(['submit', 'tickets.jsonl', '--settle', '0'], { cwd, env });
  const body = JSON.stringify({
    requests: batch(5)
      .trimEnd()
      .split('\n')
      .map((it) => JSON.parse(it)),
  });
  const headers = { 'x-api-key': sandbox.token, 'anthropic-version': '2026-10-21' };
  const answer = await fetch(`${sandbox.url}/v1/messages/batches`, { method: 'POST', body, headers });
  const { id } = (await answer.json()) as { id: string };
  const { code, stderr } = await run(['run', 'tickets.jsonl', '--adopt', id, ...FAST], { cwd, env });
  assert.equal(code, 0, stderr);
  assert.equal(creates(sandbox), 2);
});

test('-o says where the results go, and overwrites nothing', async (t) => {
  const { sandbox, cwd, env } = await workplace(t);
  writeFileSync(path.join(cwd, 'taken.jsonl'), 'mine');
  const taken = await run(['run', 'tickets.jsonl', '-o', 'taken.jsonl', ...FAST], { cwd, env });
  assert.equal(taken.code, 2);
  assert.equal(creates(sandbox), 0);
  const { code, stdout } = await run(['run', 'tickets.jsonl', '-o', 'out.jsonl', ...FAST], { cwd, env });
  assert.equal(code, 0);
  assert.equal(stdout.trim(), path.join(cwd, 'out.jsonl'));
  const elsewhere = await run(['run', 'tickets.jsonl', '-o', 'again.jsonl', ...FAST], { cwd, env });
  assert.equal(elsewhere.code, 0, elsewhere.stderr);
  assert.equal(readFileSync(path.join(cwd, 'again.jsonl'), 'utf8'), readFileSync(path.join(cwd, 'out.jsonl'), 'utf8'));
  assert.equal(creates(sandbox), 1);
});

test('submit, status, cancel and results, one after the other', async (t) => {
  const { sandbox, cwd, env } = await workplace(t, MANUAL);
  const submitted = await run(['submit', 'tickets.jsonl', '--format', 'json'], { cwd, env });
  assert.equal(submitted.code, 0, submitted.stderr);
  const { run: made, sent } = JSON.parse(submitted.stdout);
  assert.equal(sent, true);
  assert.equal(made.state, 'in_progress');

  const early = await run(['results', made.id], { cwd, env });
  assert.equal(early.code, 2);
  assert.match(early.stderr, /There are no results yet: 5 requests in progress\./);

  const status = await run(['status'], { cwd, env });
  assert.match(status.stdout, new RegExp(`^${made.id}  in progress  5 requests  tickets\\.jsonl  ${made.batch.id}\n$`));
  assert.equal(status.last, 'Nothing was sent.');

  const canceled = await run(['cancel', made.batch.id], { cwd, env });
  assert.equal(canceled.code, 0, canceled.stderr);
  assert.match(canceled.stdout, /being canceled/);
  await sandbox.advance();

  const results = await run(['results', 'tickets.jsonl', '-o', 'out.jsonl'], { cwd, env });
  assert.equal(results.code, 3, results.stderr);
  assert.match(results.stderr, /0 answered, 5 canceled/);
  assert.ok(existsSync(path.join(cwd, 'out.jsonl')));
});

test('status without a key shows what is known', async (t) => {
  const { cwd, env } = await workplace(t, MANUAL);
  await run(['submit', 'tickets.jsonl'], { cwd, env });
  const { code, stdout, stderr } = await run(['status', '--format', 'json'], {
    cwd,
    env: { ...env, ANTHROPIC_API_KEY: '' },
  });
  assert.equal(code, 0);
  assert.equal(JSON.parse(stdout).runs[0].state, 'in_progress');
  assert.match(stderr, /as last seen: There is no API key/);
});

test('a key goes to the address it is for, and to no other', async (t) => {
  const { sandbox, cwd, env } = await workplace(t, MANUAL);
  await run(['submit', 'tickets.jsonl'], { cwd, env });
  const other = await workplace(t);
  const { code, stderr } = await run(['cancel', 'tickets.jsonl'], {
    cwd,
    env: { ...other.env, MESSAGE_BATCHES_STATE_DIR: env.MESSAGE_BATCHES_STATE_DIR ?? '' },
  });
  assert.equal(code, 2);
  assert.match(stderr, new RegExp(`This batch lives at ${sandbox.url}`));
  assert.deepEqual([other.sandbox.requests.length, sandbox.requests.length], [0, 1]);
});

test('retry: what may be sent again, in a file of its own', async (t) => {
  const { cwd, env } = await workplace(t, {
    rows: {
      'ticket-1': { type: 'overloaded_error', message: 'Overloaded' },
      'ticket-2': { type: 'invalid_request_error', message: 'messages: Field required' },
      'ticket-3': 'expired',
    },
  });
  await run(['run', 'tickets.jsonl', ...FAST], { cwd, env });
  const { code, stdout, stderr } = await run(['retry', 'tickets.jsonl'], { cwd, env });
  assert.equal(code, 0, stderr);
  assert.equal(path.basename(stdout.trim()), 'tickets.retry-1.batch.jsonl');
  assert.equal(readFileSync(stdout.trim(), 'utf8'), `${line('ticket-1')}\n${line('ticket-3')}\n`);
  assert.match(
    stderr,
    /^1 request would fail again unchanged:\n {2}1 errored, invalid_request_error: messages: Field required \(ticket-2\)\n/,
  );
  assert.match(stderr, /1 errored, overloaded_error: Overloaded \(ticket-1\)\n/);
  assert.match(stderr, /2 requests to send again\.\nNothing was sent\.\n$/);
  const only = await run(['retry', 'tickets.jsonl', '--only', 'expired', '-o', 'later.jsonl'], { cwd, env });
  assert.equal(readFileSync(only.stdout.trim(), 'utf8'), `${line('ticket-3')}\n`);
});

test('results --merged: a run and its retries as one, in the order of the requests', async (t) => {
  const { cwd, env } = await workplace(t, { rows: { 'ticket-1': 'expired', 'ticket-3': 'expired' } });
  await run(['run', 'tickets.jsonl', ...FAST], { cwd, env });
  const [first = ''] = resultsIn(cwd);
  const message = { content: [{ type: 'text', text: 'Now' }], stop_reason: 'end_turn' };
  const again = `${JSON.stringify({ custom_id: 'ticket-3', result: { type: 'succeeded', message } })}\n`;
  writeFileSync(path.join(cwd, first.replace('tickets.', 'tickets.retry-1.')), again);
  const merged = await run(['results', 'tickets.jsonl', '--merged', '--input-order'], { cwd, env });
  assert.equal(merged.code, 3, merged.stderr);
  assert.equal(path.basename(merged.stdout.trim()), 'tickets.merged.results.jsonl');
  assert.match(merged.stderr, /5 results of 2 attempts\.\nNot answered: 1 request of 5\./);
  const rows = readFileSync(merged.stdout.trim(), 'utf8').trimEnd().split('\n');
  const ids = rows.map((row) => JSON.parse(row).custom_id);
  assert.deepEqual(ids, [...ids].sort());
  assert.ok(rows.includes(again.trimEnd()));
  assert.ok(readFileSync(path.join(cwd, first), 'utf8').includes('"custom_id":"ticket-3","result":{"type":"expired"}'));
  const alone = await run(['results', 'tickets.jsonl', '--input-order'], { cwd, env });
  assert.equal(alone.code, 2);
});

test('a run that there is not', async (t) => {
  const { cwd, env } = await workplace(t);
  const { code, stderr } = await run(['results', 'nothing'], { cwd, env });
  assert.equal(code, 2);
  assert.match(stderr, /The journal has no run nothing/);
});

// Ctrl-C, and what cron and CI say when they have waited long enough.
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  test(`${signal} while it waits leaves the batch to the API`, async (t) => {
    const { sandbox, cwd, env } = await workplace(t, MANUAL);
    const waiting = start(['run', 'tickets.jsonl', ...FAST], { cwd, env });
    while (!sandbox.requests.some(({ method, path: at }) => method === 'GET' && at.includes('/msgbatch_'))) {
      await new Promise((resolve) => setImmediate(resolve));
    }
    waiting.process.kill(signal);
    const { code, last, stderr } = await waiting.ended;
    assert.equal(code, 2);
    assert.match(
      stderr,
      /\nThe batch goes on\. Start the same command to pick it up, or `message-batches cancel \w+-\w+`\.\n/,
    );
    assert.match(last, /^5 requests were sent, as batch msgbatch_sandbox_/);
  });
}
