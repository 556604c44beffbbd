import assert from 'node:assert/strict';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { type TestContext, test } from 'node:test';
import { builtCli, creates, line, workplace } from './cli';

const { run } = builtCli();

const FAST = ['--poll-interval', '0.02'];
const BAD = [line('b', { max_tokens: 'many' }), line('a'), '{"custom_id": "c", '];
const LINES = [line('a'), BAD[0], '', BAD[1], line('d'), BAD[2], line('e')];

/** A file of which three requests have errors: a wrong type, an id that stands twice, no JSON. */
async function withErrors(t: TestContext) {
  const place = await workplace(t);
  const { cwd, env } = place;
  writeFileSync(path.join(cwd, 'tickets.jsonl'), `${LINES.join('\n')}\n`);
  const command = (name: string, ...flags: string[]) => run([name, 'tickets.jsonl', ...flags], { cwd, env });
  return { ...place, command };
}

test('a file with errors is not sent, and it is said what would send it', async (t) => {
  const { sandbox, command } = await withErrors(t);
  for (const name of ['run', 'submit']) {
    const { code, stderr } = await command(name);
    assert.equal(code, 1, stderr);
    assert.match(
      stderr,
      /--skip-invalid sends the other requests, --allow-errors all of them\.\nNothing was sent\.\n$/,
    );
  }
  assert.equal(creates(sandbox), 0);
});

test('--skip-invalid sends the others once, and keeps what was left out in a file', async (t) => {
  const { sandbox, cwd, command } = await withErrors(t);
  const ended = await command('run', '--skip-invalid', '-o', 'out.jsonl', ...FAST);
  assert.equal(ended.code, 0, ended.stderr);
  assert.match(ended.stderr, /Left out: 3 requests of 6\./);
  assert.match(ended.stderr, /Sending 3 requests/);
  assert.match(ended.last, /^3 requests were sent, as batch/);
  const ids = readFileSync(path.join(cwd, 'out.jsonl'), 'utf8')
    .match(/"custom_id":"\w"/g)
    ?.sort();
  assert.deepEqual(ids, ['"custom_id":"a"', '"custom_id":"d"', '"custom_id":"e"']);
  const leftOut = readFileSync(path.join(cwd, 'tickets.left-out.batch.jsonl'), 'utf8');
  assert.equal(leftOut, `${BAD.join('\n')}\n`);
  const again = await command('run', '--skip-invalid', '-o', 'out.jsonl', ...FAST);
  assert.equal(again.code, 0, again.stderr);
  assert.match(again.stderr, /Already complete/);
  assert.equal(creates(sandbox), 1);
  assert.equal(readdirSync(cwd).filter((name) => name.includes('left-out')).length, 1);
  assert.match((await command('status')).stdout, /results on disk {2}3 answered/);
});

test('where every request has errors, nothing is left to send', async (t) => {
  const { sandbox, cwd, env } = await withErrors(t);
  writeFileSync(path.join(cwd, 'bad.jsonl'), `${BAD[0]}\n`);
  const { code, stderr } = await run(['run', 'bad.jsonl', '--skip-invalid'], { cwd, env });
  assert.equal(code, 1, stderr);
  assert.equal(creates(sandbox), 0);
});

test('--allow-errors sends all of them, and what the API makes of it comes back', async (t) => {
  const { sandbox, cwd, env } = await withErrors(t);
  writeFileSync(path.join(cwd, 'rows.jsonl'), `${line('a')}\n${BAD[0]}\n`);
  const ended = await run(['run', 'rows.jsonl', '--allow-errors', ...FAST], { cwd, env });
  assert.equal(ended.code, 3, ended.stderr);
  assert.match(ended.stderr, /1 answered, 1 failed/);
  const refused = await run(['run', 'tickets.jsonl', '--allow-errors', ...FAST], { cwd, env });
  assert.equal(refused.code, 2, refused.stderr);
  assert.equal(refused.last, 'Nothing was sent.');
  assert.equal(sandbox.batches().length, 1);
});

test('flags that cannot be meant are refused', async (t) => {
  const { sandbox, command } = await withErrors(t);
  for (const flags of [
    ['--skip-invalid', '--allow-errors'],
    ['--beta', 'foo bar'],
    ['--beta', ''],
    ['--beta', 'a,b'],
    ['--split-at', 'many'],
    ['--settle', 'soon'],
    ['--poll-interval', 'often'],
  ]) {
    const { code, stderr } = await command('run', ...flags);
    assert.equal(code, 2, `${flags}: ${stderr}`);
  }
  assert.equal((await command('check', '--beta', 'foo bar')).code, 2);
  assert.equal(sandbox.requests.length, 0);
});
