import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { batch, builtCli, folderWith, line, workplace } from './cli';

const { run } = builtCli();

test('json: each request by itself, and the file as a whole', async (t) => {
  const unknown = line('b', { model: 'claude-of-tomorrow' });
  const cwd = folderWith(t, { 'a.jsonl': `${line('a')}\n\n${unknown}\n{"params":{"model":1}}\nnot json\n` });
  const { code, stdout, last } = await run(['estimate', '--format', 'json', '--per-request', 'a.jsonl'], { cwd });
  assert.equal(code, 0);
  assert.equal(last, 'Nothing was sent.');
  const [file] = JSON.parse(stdout).files;
  const rows = file.requests;
  assert.deepEqual(
    rows.map(({ line, customId, model }: Record<string, unknown>) => [line, customId, model]),
    [
      [1, 'a', 'claude-haiku-5-5'],
      [3, 'b', 'claude-of-tomorrow'],
      [4, null, null],
    ],
  );
  assert.deepEqual(Object.keys(rows[0]), ['line', 'customId', 'model', 'inputTokens', 'outputTokens', 'usd']);
  assert.ok(rows[0].inputTokens.low <= rows[0].inputTokens.expected);
  assert.equal(rows[0].outputTokens.high, 200);
  assert.equal(rows[1].usd, null);
  assert.ok(rows[1].inputTokens.expected > 0);
  assert.equal(file.estimate.unpricedRequests, 2);
});

test('json: without requests their number', async (t) => {
  const cwd = folderWith(t, { 'a.jsonl': batch(4) });
  const { stdout } = await run(['estimate', '--format', 'json', 'a.jsonl'], { cwd });
  const [file] = JSON.parse(stdout).files;
  assert.equal(file.requests, 4);
  assert.deepEqual(file.models, [{ model: 'claude-haiku-5-5', requests: 4 }]);
  assert.ok(file.estimate.usd.expected * 1.9 < file.estimate.standardUsd.expected);
});

test('text keeps the three figures apart, beside the price of the same requests one by one', async (t) => {
  const cwd = folderWith(t, { 'a.jsonl': batch(4) });
  const { stdout } = await run(['estimate', 'a.jsonl'], { cwd });
  assert.match(stdout, /^a\.jsonl: 4 requests/);
  assert.match(stdout, /in a batch: input < \$0\.01 · output < \$0\.01 expected, up to \$0\.01/);
  assert.match(stdout, /one by one: input < \$0\.01 /);
  assert.match(stdout, /^ {2}claude-haiku-5-5: 4 requests · input < \$.*, up to \$/m);
});

test('a file that cannot be read is exit 2', async (t) => {
  const { code } = await run(['estimate', 'none.jsonl'], { cwd: folderWith(t) });
  assert.equal(code, 2);
});

test('--calibrate has a sample counted, says before what is sent, and estimates the file by that from now on', async (t) => {
  const { sandbox, cwd, env } = await workplace(t, {
    countedPerEstimated: 1.25,
    faults: [{ on: 'count_tokens', kind: 'answer', status: 429, retryAfter: '0', nth: 2 }],
  });
  const content = 'Where is my order? It was to arrive on Monday. '.repeat(8);
  const lines = Array.from({ length: 100 }, (_, i) => line(`ticket-${i}`, { messages: [{ role: 'user', content }] }));
  writeFileSync(path.join(cwd, 'tickets.jsonl'), lines.join('\n'));
  const estimated = async (...flags: string[]) => {
    const { code, stdout, stderr, last } = await run(['estimate', '--format', 'json', ...flags, 'tickets.jsonl'], {
      cwd,
      env,
    });
    assert.equal(code, 0, stderr);
    return { tokens: JSON.parse(stdout).files[0].estimate.inputTokens, stderr, last };
  };
  const before = (await estimated()).tokens;
  const { tokens, stderr, last } = await estimated('--calibrate');
  assert.match(stderr, /^Sending 20 requests, [\d.]+ KB to the sandbox at 127\.0\.0\.1:\d+, .* at no cost\.$/m);
  assert.match(stderr, /asks for fewer calls.* Going on in 0 s\.$/m);
  assert.match(
    stderr,
    /^claude-haiku-5-5: estimated 20 % too low by 20 counted requests; from now on within −\S+ % and \+\S+ %\.$/m,
  );
  assert.equal(last, 'No batch was sent.');
  assert.ok(Math.abs(tokens.expected / before.expected - 1.25) < 0.02);
  assert.ok(tokens.high / tokens.low < 1.1 && before.high / before.low > 1.2);
  assert.equal(sandbox.requests.filter((it) => it.path === '/v1/messages/count_tokens').length, 21);
  assert.deepEqual((await estimated()).tokens, tokens);
});

test('--calibrate without a key sends nothing', async (t) => {
  const cwd = folderWith(t, { 'a.jsonl': batch(1) });
  const { code, stderr, last } = await run(['estimate', '--calibrate', 'a.jsonl'], { cwd });
  assert.equal(code, 2);
  assert.match(stderr, /There is no API key for api\.anthropic\.com/);
  assert.equal(last, 'Nothing was sent.');
});

test('what requests share, and what the input costs with that cached', async (t) => {
  const system = 'Answer as the handbook of the company says. '.repeat(200);
  const lines = Array.from({ length: 40 }, (_, i) => line(`r-${i}`, { model: 'claude-opus-5-5', system }));
  const cwd = folderWith(t, { 'a.jsonl': `\n${lines.join('\n')}` });
  const { stdout: text } = await run(['estimate', 'a.jsonl'], { cwd });
  assert.match(
    text,
    /^ {2}with caching for an hour: input ≈ \$\S+ \(\$\S+ to \$\S+, by how many find the cache filled\)$/m,
  );
  assert.match(text, /^ {4}40 requests of claude-opus-5-5 share ≈ [\d,]+ tokens, first on line 2; 40 do not mark it$/m);
  const { stdout } = await run(['estimate', '--format', 'json', 'a.jsonl'], { cwd });
  const [{ caching }] = JSON.parse(stdout).files;
  assert.deepEqual([caching.requests, caching.unmarked, caching.prefixes[0].line], [40, 40, 2]);
  assert.ok(caching.savedUsd.low < 0 && caching.savedUsd.expected > 0 && caching.inputUsd.low < caching.inputUsd.high);
  assert.doesNotMatch(
    (await run(['estimate', 'b.jsonl'], { cwd: folderWith(t, { 'b.jsonl': batch(4) }) })).stdout,
    /caching/,
  );
});

test('--compare says what the same requests would cost with other models, in words and in JSON', async (t) => {
  const cwd = folderWith(t, { 'a.jsonl': batch(2) });
  const { code, stdout } = await run(['estimate', '--compare', 'a.jsonl'], { cwd });
  assert.equal(code, 0);
  assert.match(stdout, /\n {4}as it is +≈ \$0\.000\d+ +input ≈ \$0\.\d+ +output ≈ \$0\.\d+ expected, up to \$0\.\d+\n/);
  assert.match(stdout, /\n {4}claude-haiku-5-5 +≈ \$0\.000\d+ /);
  const json = await run(['estimate', '--compare', '--format', 'json', 'a.jsonl'], { cwd });
  const [first] = JSON.parse(json.stdout).files[0].comparison;
  assert.deepEqual([first.model, first.refused], ['claude-haiku-5-5', 0]);
});
