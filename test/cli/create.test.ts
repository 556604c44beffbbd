import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { builtCli, folderWith } from './cli';

const { run } = builtCli();

const TEMPLATE = JSON.stringify({
  custom_id: 'ticket-{{id}}',
  params: {
    model: 'claude-haiku-5-5',
    max_tokens: '{{limit}}',
    messages: [{ role: 'user', content: 'About "{{ text }}": {{tags}}' }],
  },
});

const requestsIn = (folder: string, name: string) =>
  readFileSync(path.join(folder, name), 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));

test('JSON Lines: values keep their type where they stand alone', async (t) => {
  const cwd = folderWith(t, {
    'request.json': TEMPLATE,
    'rows.jsonl':
      '{"id":1,"text":"say \\"hi\\"\\n","limit":64,"tags":["a"]}\n\n{"id":2,"text":"","limit":8,"tags":null}\n',
  });
  const { code, stdout, stderr } = await run(['create', 'request.json', 'rows.jsonl', '-o', 'out.batch.jsonl'], {
    cwd,
  });
  assert.equal(code, 0, stderr);
  assert.equal(stdout.trim(), path.join(cwd, 'out.batch.jsonl'));
  const [first, second] = requestsIn(cwd, 'out.batch.jsonl');
  assert.equal(first.custom_id, 'ticket-1');
  assert.equal(first.params.max_tokens, 64);
  assert.equal(first.params.messages[0].content, 'About "say "hi"\n": ["a"]');
  assert.equal(second.params.messages[0].content, 'About "": null');
  assert.equal((await run(['check', 'out.batch.jsonl'], { cwd })).code, 0);
});

test('a table: quotes, separators and line breaks inside fields', async (t) => {
  const cwd = folderWith(t, {
    'request.json':
      '{"model":"claude-haiku-5-5","max_tokens":8,"messages":[{"role":"user","content":"{{who}}: {{what}}"}]}',
    'rows.csv': '\uFEFFwho,what\r\nAda,"a, ""b""\nc"\r\nBob,\r\n',
  });
  const { code } = await run(['create', 'request.json', 'rows.csv', '-o', 'out.jsonl'], { cwd });
  assert.equal(code, 0);
  const requests = requestsIn(cwd, 'out.jsonl');
  assert.deepEqual(
    requests.map(({ custom_id, params }) => [custom_id, params.messages[0].content]),
    [
      ['row-1', 'Ada: a, "b"\nc'],
      ['row-2', 'Bob: '],
    ],
  );
});

test('what is wrong is said with its row, and no file is left', async (t) => {
  const cwd = folderWith(t, {
    'request.json': TEMPLATE,
    'rows.jsonl': '{"id":1,"text":"","limit":1,"tags":""}\n{"id":2}\n',
    'open.csv': 'id\n"a\n',
    'list.json': '[]',
  });
  const create = (template: string, data: string) => run(['create', template, data, '-o', 'out.jsonl'], { cwd });
  const missing = await create('request.json', 'rows.jsonl');
  assert.equal(missing.code, 2);
  assert.match(missing.stderr, /Row 2 of the data: there is no column "limit"; it has id\./);
  assert.match((await create('request.json', 'open.csv')).stderr, /a quote is not closed/);
  assert.match((await create('list.json', 'rows.jsonl')).stderr, /The template is no JSON object/);
  assert.match((await create('none.json', 'rows.jsonl')).stderr, /none\.json cannot be read/);
  assert.throws(() => readFileSync(path.join(cwd, 'out.jsonl')), { code: 'ENOENT' });
});
