import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { type DocumentSymbol, DocumentSymbolRequest } from 'vscode-languageserver-protocol';
import { FindRequest, LearnedChanged, RequestAt } from '../../server/src/protocol';
import { requestLine } from '../support/contexts';
import { temporaryFolder } from '../support/folders';
import { startClient, type TestClient, uriOf } from './client';

const URI = 'untitled:tickets.batch.jsonl';

async function symbols(client: TestClient): Promise<DocumentSymbol[]> {
  return (await client.connection.sendRequest(DocumentSymbolRequest.type, {
    textDocument: { uri: URI },
  })) as DocumentSymbol[];
}

test('the outline lists requests by custom_id', async (t) => {
  const client = await startClient(t);
  client.open(URI, [requestLine('a'), '', '{', requestLine('b')].join('\n'));
  assert.deepEqual(
    (await symbols(client)).map(({ name, detail, range }) => [name, detail, range.start.line]),
    [
      ['a', 'claude-haiku-4-5', 0],
      ['b', 'claude-haiku-4-5', 3],
    ],
  );
});

test('an outline of too many says how many more there are', async (t) => {
  const client = await startClient(t);
  client.open(URI, Array.from({ length: 5100 }, (_, i) => requestLine(`r-${i}`)).join('\n'));
  const all = await symbols(client);
  assert.deepEqual([all.length, all.at(-1)?.name, all.at(-1)?.range.start.line], [5001, '… and 100 more', 5000]);
});

test('the first line says what the file is and costs, and offers to submit it', async (t) => {
  const client = await startClient(t);
  client.open(URI, [requestLine('a'), requestLine('b')].join('\n'));
  const lenses = await client.lenses(URI);
  assert.match(
    lenses[0]?.command?.title ?? '',
    /^2 requests · 2\d\d bytes · input < \$0\.01 · output < \$0\.01 expected, up to \$0\.01 \(standard < \$0\.01\)$/,
  );
  assert.deepEqual(
    lenses.map(({ command, range }) => [command?.command, command?.arguments, range.start.line]),
    [
      ['messageBatches.showCostBreakdown', [URI], 0],
      ['messageBatches.submit', [URI], 0],
    ],
  );
});

test('a client without our commands gets the sum only', async (t) => {
  const client = await startClient(t, { options: {} });
  client.open(URI, requestLine('a'));
  assert.deepEqual(
    (await client.lenses(URI)).map(({ command }) => command?.command),
    [''],
  );
});

test('results beside the file can be opened', async (t) => {
  const client = await startClient(t);
  const folder = temporaryFolder(t);
  const uri = uriOf(join(folder, 'tickets.batch.jsonl'));
  writeFileSync(join(folder, 'tickets.20261120T2104Z.results.jsonl'), '');
  client.open(uri, requestLine('a'));
  assert.equal((await client.lenses(uri)).at(-1)?.command?.command, 'messageBatches.openResultsBeside');
});

test('the summary follows the text', async (t) => {
  const client = await startClient(t);
  client.open(URI, requestLine('a'));
  const summary = await client.summary(URI);
  assert.deepEqual(
    [summary?.kind, summary?.requests, summary?.counts.error, summary?.checkedFromDiskAt],
    ['batch', 1, 0, null],
  );
  const [{ model, requests, estimate, maxTokens } = {}] = summary?.models ?? [];
  assert.deepEqual([model, requests, maxTokens], ['claude-haiku-4-5', 1, 64]);
  assert.deepEqual(estimate, summary?.estimate);
  client.change(URI, 2, { text: `${requestLine('a')}\n{` });
  assert.equal((await client.summary(URI, (it) => it?.requests === 2))?.counts.error, 1);
});

test('the output is expected as long as finished answers of the model were', async (t) => {
  const client = await startClient(t);
  client.open(URI, requestLine('a'));
  assert.equal((await client.summary(URI))?.estimate.outputTokens.expected, 64);
  const seen = { rows: 10, tokens: 70, most: 12, p99: 12 };
  const learned = { output: { files: {}, models: { 'claude-haiku-4-5-20251001': seen } }, input: {} };
  await client.connection.sendNotification(LearnedChanged, { learned });
  const summary = await client.summary(URI, (it) => it?.estimate.outputTokens.expected === 7);
  assert.equal(summary?.estimate.outputTokens.high, 64);
});

test('a hint says that max_tokens is far above what finished answers of the file used, as soon as that is known', async (t) => {
  const client = await startClient(t);
  const text = requestLine('a').replace('"max_tokens":64', '"max_tokens":8192');
  const path = join(temporaryFolder(t), 'tickets.batch.jsonl');
  writeFileSync(path, text);
  const uri = uriOf(path);
  client.open(uri, text);
  assert.equal((await client.summary(uri))?.counts.hint, 0);
  const seen = { rows: 300, tokens: 9000, most: 200, p99: 90 };
  const learned = { output: { files: { [path]: { 'claude-haiku-4-5': seen } }, models: {} }, input: {} };
  await client.connection.sendNotification(LearnedChanged, { learned });
  await client.summary(uri, (it) => it?.counts.hint === 1);
});

test('requests are found by line and by id, in a document and on disk', async (t) => {
  const client = await startClient(t);
  const text = [requestLine('a'), '', requestLine('b'), '{"custom_id":"\\u0063","params":{}}', requestLine('b')].join(
    '\n',
  );
  const path = join(temporaryFolder(t), 'tickets.batch.jsonl');
  writeFileSync(path, text);
  client.open(URI, text);
  for (const uri of [URI, uriOf(path)]) {
    const at = (line: number) => client.connection.sendRequest(RequestAt, { uri, line });
    const find = (customId: string) => client.connection.sendRequest(FindRequest, { uri, customId });
    assert.deepEqual(await at(2), { customId: 'b', line: 2 });
    assert.equal(await at(1), null);
    assert.equal(await at(9), null);
    assert.deepEqual(await find('b'), { line: 2 });
    assert.deepEqual(await find('c'), { line: 3 });
    assert.equal(await find('d'), null);
  }
});
