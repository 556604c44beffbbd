import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { batch, builtCli, creates, folderWith, workplace } from './cli';

const { run } = builtCli();
const FAST = ['--poll-interval', '0.02'];

test('report: what a run was to cost and did, as CSV and as JSON, without calling anything', async (t) => {
  const { sandbox, cwd, env } = await workplace(t);
  assert.equal((await run(['run', 'tickets.jsonl', ...FAST], { cwd, env })).code, 0);
  const before = sandbox.requests.length;
  const { code, stdout, stderr, last } = await run(['report', '--format', 'json'], { cwd, env });
  assert.equal(code, 0, stderr);
  assert.equal(last, 'Nothing was sent.');
  const { runs, coverage } = JSON.parse(stdout);
  const [row] = runs;
  assert.deepEqual([row.models, row.requests, row.succeeded, row.errored], ['claude-haiku-5-5', 5, 5, 0]);
  assert.ok(row.cost_usd > 0 && row.estimate_usd > 0 && row.output_tokens > 0);
  assert.ok(Math.abs(row.input_error_percent) < 10);
  assert.match(coverage, /list prices; the invoice may differ$/);
  const csv = (await run(['report'], { cwd, env })).stdout.trimEnd().split('\r\n');
  assert.equal(csv.length, 3);
  assert.match(csv.at(-1) ?? '', /^"Real cost known for 1 of 1 run, .*the invoice may differ"/);
  assert.equal(sandbox.requests.length, before);
});

test('report: a period in days; what is no day is refused', async (t) => {
  const { cwd, env } = await workplace(t);
  await run(['submit', 'tickets.jsonl'], { cwd, env });
  const rows = async (...flags: string[]) =>
    JSON.parse((await run(['report', '--format', 'json', ...flags], { cwd, env })).stdout).runs.length;
  assert.equal(await rows('--since', '2020-01-01', '--until', '2999-12-31'), 1);
  assert.equal(await rows('--until', '2020-01-01'), 0);
  for (const day of ['yesterday', '2026-02-30', '20261120']) {
    const { code, stderr } = await run(['report', '--since', day], { cwd, env });
    assert.equal(code, 2);
    assert.match(stderr, /--since takes a day such as 2026-11-20/);
  }
});

test('report: a journal without runs has a header and a last line', async (t) => {
  const cwd = folderWith(t);
  const { code, stdout } = await run(['report', '--state-dir', 'state'], { cwd });
  assert.equal(code, 0);
  assert.equal(stdout.trimEnd().split('\r\n').length, 2);
});

test('a budget counts the bound of the output until 200 answers of the model tell what to expect', async (t) => {
  const { sandbox, cwd, env } = await workplace(t);
  writeFileSync(path.join(cwd, 'many.jsonl'), batch(200));
  const submit = (...flags: string[]) => run(['run', 'tickets.jsonl', ...FAST, ...flags], { cwd, env });
  const estimated = async () =>
    JSON.parse((await run(['estimate', '--format', 'json', 'tickets.jsonl'], { cwd, env })).stdout).files[0].estimate;
  const before = await estimated();
  const budget = String(before.usd.high * 0.9);
  const refused = await submit('--max-cost', budget);
  assert.equal(refused.code, 1);
  assert.match(refused.stderr, /It could cost \$0\.\d+, and at most \$0\.\d+ is allowed\. Input .* by max_tokens/);
  assert.match(
    refused.stderr,
    /It would help: max_tokens 200 → 128: at most \$.*--over-budget sends it all the same\./,
  );
  assert.equal(creates(sandbox), 0);

  assert.equal((await run(['run', 'many.jsonl', ...FAST], { cwd, env })).code, 0);
  const after = await estimated();
  assert.notEqual(after.outputTokens.expected, before.outputTokens.expected);
  assert.equal(after.outputTokens.high, before.outputTokens.high);
  assert.equal((await submit('--max-cost', budget)).code, 0);
  assert.equal((await submit('--max-cost', '0', '--again')).code, 1);
  assert.equal((await submit('--max-cost', '0', '--again', '--over-budget')).code, 0);
  assert.equal(creates(sandbox), 3);
});
