import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { requestLine } from '../support/contexts';
import { builtCli, folderWith } from './cli';

const { run } = builtCli();

const OPENAI = JSON.stringify({
  custom_id: 'a',
  method: 'POST',
  url: '/v1/chat/completions',
  body: { model: 'gpt-4o', seed: 1, max_tokens: 9, messages: [{ role: 'user', content: 'Hi' }] },
});

test('to a batch file, with what was lost, and it is one that the checker takes', async (t) => {
  const cwd = folderWith(t, { 'openai.jsonl': `${OPENAI}\n\n${OPENAI.replace('"a"', '"b"')}\n` });
  const { code, stderr } = await run(['convert', 'openai.jsonl', '--model', 'claude-haiku-4-5', '-o', 'out.jsonl'], {
    cwd,
  });
  assert.equal(code, 0, stderr);
  assert.match(stderr, /Did not carry over in 2 requests, first on line 1: seed\./);
  assert.equal((await run(['check', 'out.jsonl'], { cwd })).code, 0);
});

test('a create body there and back is the same file', async (t) => {
  const text = `${requestLine('a')}\n${requestLine('b').replace('64', '6.40e1')}\n`;
  const cwd = folderWith(t, { 'in.batch.jsonl': text });
  await run(['convert', 'in.batch.jsonl', '--to', 'create-body', '-o', 'body.json'], { cwd });
  assert.equal(JSON.parse(readFileSync(path.join(cwd, 'body.json'), 'utf8')).requests.length, 2);
  assert.equal((await run(['convert', 'body.json', '-o', 'back.jsonl'], { cwd })).code, 0);
  assert.equal(readFileSync(path.join(cwd, 'back.jsonl'), 'utf8'), text);
});

test('what is no request is named by its line, and nothing is left', async (t) => {
  const cwd = folderWith(t, { 'in.jsonl': `${OPENAI}\n{"log":1}\n` });
  const { code, stderr } = await run(['convert', 'in.jsonl', '-o', 'out.jsonl'], { cwd });
  assert.equal(code, 2);
  assert.match(stderr, /Line 2 is of no shape that can be converted/);
  assert.throws(() => readFileSync(path.join(cwd, 'out.jsonl')), { code: 'ENOENT' });
});
