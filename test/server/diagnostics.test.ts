import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DiagnosticSeverity, DiagnosticTag } from 'vscode-languageserver-protocol';
import { TreatAs } from '../../server/src/protocol';
import { requestLine } from '../support/contexts';
import { startClient } from './client';

const URI = 'untitled:tickets.batch.jsonl';

test('a problem has a place, a code, a link and a source', async (t) => {
  const client = await startClient(t, { options: { rulesDocs: 'file:///docs/rules.md' } });
  client.open(URI, `${requestLine('a')}\n${requestLine('b').replace('}}', '}')}\n`, 7);
  const [problem, ...others] = await client.diagnostics(URI);
  assert.equal(others.length, 0);
  assert.equal(problem?.severity, DiagnosticSeverity.Error);
  assert.equal(problem?.source, 'Message Batches');
  assert.equal(problem?.code, 'invalid-json');
  assert.equal(problem?.codeDescription?.href, 'file:///docs/rules.md#invalid-json');
  assert.equal(problem?.range.start.line, 1);
  assert.equal(client.published[0]?.version, 7);
});

test('both places of an id that stands twice are linked', async (t) => {
  const client = await startClient(t);
  client.open(URI, [requestLine('a'), requestLine('b'), requestLine('a')].join('\n'));
  const [problem] = await client.diagnostics(URI, (all) => all.some(({ code }) => code === 'duplicate-custom-id'));
  const [related] = problem?.relatedInformation ?? [];
  assert.deepEqual(
    [problem?.range.start.line, related?.location.uri, related?.location.range.start],
    [2, URI, { line: 0, character: 13 }],
  );
});

test('a file that is well is said to be so, once', async (t) => {
  const client = await startClient(t);
  client.open(URI, `${requestLine('a')}\n`, 3);
  assert.deepEqual(await client.diagnostics(URI), []);
  const end = { line: 1, character: 0 };
  client.change(URI, 4, { range: { start: end, end }, text: `${requestLine('b')}\n` });
  await client.quiet();
  assert.deepEqual(
    client.published.map(({ version }) => version),
    [3],
  );
});

test('a change is judged, and what did not change is not sent again', async (t) => {
  const client = await startClient(t);
  client.open(URI, `${requestLine('a')}\n{"custom_id":"b"`);
  await client.diagnostics(URI, (all) => all.length > 0);
  const start = { line: 0, character: 0 };
  client.change(URI, 2, { range: { start, end: start }, text: ' ' });
  await client.quiet();
  assert.equal(client.published.length, 1);
  client.change(URI, 3, { text: requestLine('a') });
  assert.deepEqual(await client.diagnostics(URI, (all) => all.length === 0), []);
  assert.equal(client.published.at(-1)?.version, 3);
  assert.equal(client.published.length, 2);
});

test('what is deprecated is struck through', async (t) => {
  const client = await startClient(t);
  client.open(URI, requestLine('a').replace('claude-haiku-4-5', 'claude-sonnet-4-5'));
  const [problem] = await client.diagnostics(URI, (all) => all.length > 0);
  assert.deepEqual([problem?.code, problem?.tags], ['deprecated-model', [DiagnosticTag.Deprecated]]);
});

test('a mistake of a template is shown twenty times and counted', async (t) => {
  const client = await startClient(t);
  const lines = Array.from({ length: 2000 }, (_, i) => requestLine(`r-${i}`).replace('max_tokens', 'max_token'));
  client.open(URI, lines.join('\n'));
  const problems = await client.diagnostics(URI);
  assert.ok(problems.length <= 60, `${problems.length} problems`);
  assert.ok(problems.some(({ message }) => /The same on [\d,]+ more lines/.test(String(message))));
});

test('problems go when the document is closed', async (t) => {
  const client = await startClient(t);
  client.open(URI, '{');
  await client.diagnostics(URI, (all) => all.length > 0);
  await client.summary(URI, (summary) => summary !== null);
  client.close(URI);
  await client.diagnostics(URI, (all) => all.length === 0);
  assert.equal(await client.summary(URI, (summary) => summary === null), null);
});

const NONE_OF_OUR_BUSINESS: Readonly<Record<string, string>> = {
  'a JSON-RPC trace': '{"jsonrpc":"2.0","id":1,"method":"x","params":{"messages":[]}}\n{',
  'a log': '{"level":"info","msg":"started"}\n\n{"level":',
  'a chat data set': '{"messages":[{"role":"user","content":"Hi"},{"role":"assistant","content":"Hello"}]}\n{',
  'an OpenAI output file':
    '{"id":"batch_req_1","custom_id":"a","response":{"status_code":200,"body":{}},"error":null}\n{',
};

for (const [what, text] of Object.entries(NONE_OF_OUR_BUSINESS)) {
  test(`${what} stays quiet`, async (t) => {
    const client = await startClient(t);
    client.open('untitled:quiet.jsonl', text);
    client.change('untitled:quiet.jsonl', 2, { text: `${text}\n{` });
    client.open(URI, requestLine('a'));
    await client.summary(URI);
    assert.deepEqual(
      client.published.filter(({ uri }) => uri !== URI),
      [],
    );
    assert.deepEqual(await client.lenses('untitled:quiet.jsonl'), []);
    assert.deepEqual(await client.complete('untitled:quiet.jsonl', { line: 0, character: 1 }), []);
    assert.equal(await client.hover('untitled:quiet.jsonl', { line: 0, character: 4 }), null);
  });
}

test('an OpenAI request file is named once and not judged further', async (t) => {
  const client = await startClient(t);
  const line = '{"custom_id":"a","method":"POST","url":"/v1/chat/completions","body":{"model":"gpt-5"}}';
  client.open('untitled:openai.jsonl', `${line}\n${line}\n{`);
  const problems = await client.diagnostics('untitled:openai.jsonl');
  assert.deepEqual(
    problems.map(({ code, range }) => [code, range.start.line]),
    [['foreign-shape', 0]],
  );
});

test('a document becomes a batch file while it is written, and stays one', async (t) => {
  const client = await startClient(t);
  client.open('untitled:new.jsonl', '');
  client.change('untitled:new.jsonl', 2, { text: '{"custom_id":"a","params":{' });
  await client.diagnostics('untitled:new.jsonl', (all) => all.length === 1);
  client.change('untitled:new.jsonl', 3, { text: '{"level":"info"}' });
  await client.diagnostics('untitled:new.jsonl', ([problem]) => problem?.code === 'missing-field');
});

test("a person's word on what a document is counts", async (t) => {
  const client = await startClient(t);
  client.open('untitled:odd.jsonl', '{"level":"info"}');
  await client.connection.sendNotification(TreatAs, { uri: 'untitled:odd.jsonl', kind: 'batch' });
  await client.diagnostics('untitled:odd.jsonl', (all) => all.length > 0);
  await client.connection.sendNotification(TreatAs, { uri: 'untitled:odd.jsonl', kind: 'none' });
  await client.diagnostics('untitled:odd.jsonl', (all) => all.length === 0);
});
