import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { batch, builtCli, folderWith, line } from './cli';

const { run } = builtCli();

const MISSPELT = line('ticket-1').replace('"max_tokens"', '"max_token"');

test('--fix mends the findings of its rules in a copy, and judges that', async (t) => {
  const cwd = folderWith(t, { 'a.jsonl': `${MISSPELT}\n${line('a b')}\n` });
  const { code, stdout, stderr } = await run(['check', '--fix', 'unknown-field', '-o', 'b.jsonl', 'a.jsonl'], { cwd });
  assert.equal(code, 1);
  assert.equal(readFileSync(path.join(cwd, 'b.jsonl'), 'utf8'), `${line('ticket-1')}\n${line('a b')}\n`);
  assert.match(stdout, /b\.jsonl:2:14: error: .* \[custom-id\]/);
  assert.doesNotMatch(stdout, /unknown-field/);
  assert.match(stderr, /b\.jsonl: 1 line changed\./);
});

test('without -o the copy is named after the file, and renamed ids stand beside it', async (t) => {
  const cwd = folderWith(t, { 'a.batch.jsonl': [line('a b'), line('x'), line('x')].join('\n') });
  const fix = ['check', '--fix', 'custom-id,duplicate-custom-id', 'a.batch.jsonl'];
  const { code, stderr } = await run(fix, { cwd });
  assert.equal(code, 0);
  assert.deepEqual(readdirSync(cwd).sort(), ['a.batch.jsonl', 'a.fixed.batch.jsonl', 'a.ids.csv']);
  assert.equal(
    readFileSync(path.join(cwd, 'a.fixed.batch.jsonl'), 'utf8'),
    [line('a-b'), line('x'), line('x-2')].join('\n'),
  );
  assert.match(stderr, /2 lines changed; 2 custom_ids renamed, see .*a\.ids\.csv\./);
  await run(fix, { cwd });
  assert.ok(readdirSync(cwd).includes('a.fixed-2.batch.jsonl'));
});

test('what --fix cannot do is said, and nothing is written', async (t) => {
  const cwd = folderWith(t, { 'a.jsonl': batch(1), 'b.jsonl': batch(1) });
  const said: readonly [readonly string[], RegExp][] = [
    [['--fix', 'no-such-rule', 'a.jsonl'], /There is no rule "no-such-rule"/],
    [['--fix', 'custom-id', '-o', 'b.jsonl', 'a.jsonl'], /nothing is ever overwritten/],
    [['--fix', 'custom-id', 'a.jsonl', 'b.jsonl'], /one batch file/],
    [['--fix', 'custom-id', '-'], /not stdin/],
    [['--fix', 'custom-id', 'none.jsonl'], /none\.jsonl cannot be fixed/],
    [['-o', 'c.jsonl', 'a.jsonl'], /-o goes with --fix/],
  ];
  for (const [args, message] of said) {
    const { code, stderr } = await run(['check', ...args], { cwd });
    assert.equal(code, 2);
    assert.match(stderr, message);
  }
  assert.deepEqual(readdirSync(cwd).sort(), ['a.jsonl', 'b.jsonl']);
});
