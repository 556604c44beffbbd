import assert from 'node:assert/strict';
import { test } from 'node:test';
import { builtCli, folderWith, workplace } from './cli';

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
