import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type FileKind, recognise } from '../../batch/recognise';
import { requestLine } from '../support/contexts';

const cases: readonly [what: string, expected: FileKind, text: string, name?: string][] = [
  ['a request', 'batch', requestLine('a')],
  ['a request after blank lines', 'batch', `\n\n  \n${requestLine('a')}`],
  ['a request after a byte order mark', 'batch', `\uFEFF${requestLine('a')}`],
  ['params without an id', 'batch', '{"params":{"model":"claude-haiku-4-5"}}'],
  ['params with a misspelt id', 'batch', '{"customId":"a","params":{"messages":[]}}'],
  ['a request that is being typed', 'batch', '{"custom_id":"a","params":{"model":'],
  ['an empty file by its name', 'batch', '', 'new.batch.jsonl'],
  ['results', 'results', '{"custom_id":"a","result":{"type":"expired"}}'],
  ['results, cut off', 'results', '{"custom_id":"a","result":{"type":"succeeded","message":{"content":[{"te'],
  ['an OpenAI batch', 'other-shape', '{"custom_id":"a","method":"POST","url":"/v1/chat/completions","body":{}}'],
  ['a Bedrock batch', 'other-shape', '{"recordId":"a","modelInput":{"messages":[]}}'],
  [
    'a Vertex batch',
    'other-shape',
    '{"custom_id":"a","request":{"anthropic_version":"vertex-2023-10-16","messages":[]}}',
  ],
  ['a Vertex batch without a version', 'other-shape', '{"custom_id":"a","request":{"max_tokens":1,"messages":[]}}'],
  ['the output of Bedrock', 'none', '{"recordId":"a","modelInput":{"messages":[]},"modelOutput":{"content":[]}}'],
  ['the output of Vertex', 'none', '{"custom_id":"a","request":{"max_tokens":1,"messages":[]},"response":{}}'],
  ['a log of requests', 'none', '{"request":{"method":"GET","path":"/"},"status":200}'],
  ['a request to Gemini', 'none', '{"request":{"contents":[{"role":"user","parts":[{"text":"Hi"}]}]}}'],
  ['a create body on one line', 'other-shape', `{"requests":[${requestLine('a')}]}`],
  ['a create body over many lines', 'other-shape', '{\n  "requests": [\n    {\n      "custom_id": "a",'],
  ['an array of requests', 'other-shape', `[${requestLine('a')}]`],
  ['a JSON-RPC trace', 'none', '{"jsonrpc":"2.0","id":1,"method":"x","params":{"messages":[]}}'],
  ['a JSON-RPC trace, cut off', 'none', '{"jsonrpc":"2.0","custom_id":1,"params":{"model":"x"'],
  ['an MLflow log', 'none', '{"run_id":"a","params":{"model":"xgb"},"metrics":{"auc":0.9}}'],
  ['an OpenAI output file', 'none', '{"id":"b","custom_id":"a","response":{"status_code":200,"body":{}},"error":null}'],
  ['a chat data set', 'none', '{"messages":[{"role":"user","content":"Hi"}]}'],
  ['a log', 'none', '{"level":"info","msg":"started"}'],
  ['no JSON', 'none', 'Hello\nworld'],
  ['nothing', 'none', ''],
];

for (const [what, expected, text, name = 'some.jsonl'] of cases)
  test(`${what}: ${expected}`, () => assert.equal(recognise(name, text), expected));

test('only the first twenty lines decide', () => {
  const logs = '{"level":"info"}\n'.repeat(20);
  assert.equal(recognise('some.jsonl', logs + requestLine('a')), 'none');
});
