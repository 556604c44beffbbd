import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { builtCli, folderWith } from './cli';

const { run } = builtCli();

const LINES = ['a', 'b', 'c', 'a'].map(
  (id, i) =>
    `{"custom_id": "${id}", "params": {"model": "claude-${i % 2 ? 'haiku' : 'opus'}-4-5", "max_tokens": 1.0, "messages": []}}`,
);
const FILE = `${LINES.join('\r\n')}\r\nnot JSON\r\n`;

const read = (folder: string, name: string): string => readFileSync(path.join(folder, name), 'utf8');

test('requests are changed in a copy, those that are not named byte for byte as they were', async (t) => {
  const cwd = folderWith(t, { 'a.batch.jsonl': FILE });
  const flags = ['--where', 'model=claude-haiku-4-5', '--set', 'metadata.user_id=42', '--model', 'claude-haiku-5-5'];
  const { code, stdout, stderr, last } = await run(['edit', 'a.batch.jsonl', ...flags, '--remove', 'max_tokens'], {
    cwd,
  });
  assert.equal(code, 0, stderr);
  assert.equal(stdout.trim(), path.join(cwd, 'a.edited.batch.jsonl'));
  assert.match(stderr, /^2 requests changed\.$/m);
  assert.equal(last, 'Nothing was sent.');
  const edited = (line: string): string =>
    line
      .replace('haiku-4-5', 'haiku-5-5')
      .replace('"max_tokens": 1.0, ', '')
      .replace('[]', '[], "metadata": {"user_id":"42"}');
  const expected = [LINES[0]!, edited(LINES[1]!), LINES[2]!, edited(LINES[3]!), 'not JSON', ''].join('\r\n');
  assert.equal(read(cwd, 'a.edited.batch.jsonl'), expected);
  assert.equal(read(cwd, 'a.batch.jsonl'), FILE);
});

test('ids are numbered after repeated ones are dropped, and the old ones are kept', async (t) => {
  const cwd = folderWith(t, { 'a.jsonl': FILE });
  const flags = ['--drop-duplicates', 'custom_id', '--renumber', 'r-', '-o', 'out.batch.jsonl'];
  const { code, stderr } = await run(['edit', 'a.jsonl', ...flags], { cwd });
  assert.equal(code, 0, stderr);
  assert.match(stderr, /3 requests changed, 1 removed\./);
  assert.deepEqual(read(cwd, 'out.batch.jsonl').match(/(?<="custom_id": ")[^"]*/g), ['r-1', 'r-2', 'r-3']);
  assert.match(read(cwd, 'out.ids.csv'), /b,r-2,2/);
});

test('new files are made of a file, and nothing is overwritten', async (t) => {
  const cwd = folderWith(t, { 'a.batch.jsonl': `${LINES.join('\n')}\n` });
  const edit = (...flags: string[]) => run(['edit', 'a.batch.jsonl', ...flags], { cwd });
  const split = await edit('--split', '3');
  assert.equal(split.code, 0, split.stderr);
  assert.equal(read(cwd, 'a.part-1.batch.jsonl'), `${LINES.slice(0, 3).join('\n')}\n`);
  assert.match(split.stderr, /a\.part-2\.batch\.jsonl: 1 request\./);
  const again = await edit('--split', '3');
  assert.equal(again.code, 2);
  assert.match(again.stderr, /a\.part-1\.batch\.jsonl exists already, and nothing is ever overwritten/);
  assert.equal((await edit('--split-by', 'model', '-o', 'by')).code, 0);
  assert.equal(read(cwd, 'by.claude-opus-4-5.batch.jsonl'), `${LINES[0]}\n${LINES[2]}\n`);
  assert.equal((await edit('--shuffle', '--seed', '7', '-o', 'one.jsonl')).code, 0);
  assert.equal((await edit('--shuffle', '--seed', '7', '-o', 'two.jsonl')).code, 0);
  assert.equal(read(cwd, 'one.jsonl'), read(cwd, 'two.jsonl'));
  assert.deepEqual(read(cwd, 'one.jsonl').split('\n').sort(), ['', ...LINES].sort());
  assert.equal((await edit('--sample', '2')).code, 0);
  assert.equal(read(cwd, 'a.sample-2.batch.jsonl').split('\n').length, 3);
  assert.equal((await edit('--sample', '2', '-o', 'one.jsonl')).code, 2);
});

test('what cannot be done is said, and leaves no file', async (t) => {
  const cwd = folderWith(t, { 'a.jsonl': FILE });
  const said = async (...args: string[]): Promise<string> => {
    const { code, stderr } = await run(['edit', ...args], { cwd });
    assert.equal(code, 2, stderr);
    return stderr;
  };
  assert.match(await said('a.jsonl'), /Say what is to be done/);
  assert.match(await said('a.jsonl', '--set', 'max_tokens'), /--set takes FIELD=VALUE/);
  assert.match(await said('a.jsonl', '--where', '!a=b', '--minify'), /--where takes/);
  assert.match(await said('a.jsonl', '--sample', '1', '--minify'), /these are two commands/);
  assert.match(await said('a.jsonl', '--split', '5 GB'), /--split takes/);
  assert.match(await said('a.jsonl', '--minify', '--seed', '1'), /--seed goes with/);
  assert.match(await said('none.jsonl', '--minify'), /none\.jsonl cannot be read: there is no such file/);
  assert.deepEqual(readdirSync(cwd), ['a.jsonl']);
});
