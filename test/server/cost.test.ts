import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import {
  type CodeAction,
  CodeActionRequest,
  DidChangeConfigurationNotification,
  InlayHintRefreshRequest,
  InlayHintRequest,
} from 'vscode-languageserver-protocol';
import { BreakDownCost, CompareModels, ExportCost } from '../../server/src/protocol/cost';
import { requestLine } from '../support/contexts';
import { temporaryFile, temporaryFolder } from '../support/folders';
import { FULL, startClient, uriOf } from './client';

const TEXT = [requestLine('a'), requestLine('b', 'Hello again. '.repeat(40)), '{'].join('\n');

test('what a file costs is broken down alike, open or on disk', async (t) => {
  const client = await startClient(t);
  const uri = uriOf(temporaryFile(t, 'tickets.batch.jsonl', TEXT));
  const onDisk = await client.connection.sendRequest(BreakDownCost, { uri });
  client.open(uri, TEXT);
  assert.deepEqual(await client.connection.sendRequest(BreakDownCost, { uri }), onDisk);
  assert.deepEqual(
    onDisk.dearest.map(({ line, customId }) => [line, customId]),
    [
      [1, 'b'],
      [0, 'a'],
    ],
  );
  const { estimate } = onDisk.total;
  assert.deepEqual(estimate, (await client.summary(uri))?.estimate);
});

test('what a file would cost with other models is the same, open or on disk', async (t) => {
  const client = await startClient(t);
  const uri = uriOf(temporaryFile(t, 'tickets.batch.jsonl', TEXT));
  const onDisk = await client.connection.sendRequest(CompareModels, { uri });
  client.open(uri, TEXT);
  assert.deepEqual(await client.connection.sendRequest(CompareModels, { uri }), onDisk);
  assert.deepEqual(onDisk.now, (await client.summary(uri))?.estimate);
  assert.ok(onDisk.models.length > 9);
  assert.equal(onDisk.models[0]?.model, 'claude-haiku-5-5');
});

test('what each request costs is written as CSV; of a file that is not there nothing is', async (t) => {
  const client = await startClient(t);
  const uri = uriOf(temporaryFile(t, 'tickets.batch.jsonl', TEXT));
  const target = join(temporaryFolder(t), 'tickets.cost.csv');
  const { requests } = await client.connection.sendRequest(ExportCost, { uri, target: uriOf(target) });
  assert.equal(requests, 2);
  const [head, ...rows] = readFileSync(target, 'utf8').trimEnd().split('\r\n');
  assert.match(head ?? '', /^\uFEFFfile,line,custom_id,model,/);
  assert.deepEqual(
    rows.map((row) => row.split(',').slice(0, 3)),
    [
      ['tickets.batch.jsonl', '1', 'a'],
      ['tickets.batch.jsonl', '2', 'b'],
    ],
  );
  const missing = join(temporaryFolder(t), 'none.jsonl');
  const beside = join(temporaryFolder(t), 'none.csv');
  await assert.rejects(
    client.connection.sendRequest(ExportCost, { uri: uriOf(missing), target: uriOf(beside) }),
    /no such file/,
  );
  assert.equal(existsSync(beside), false);
});

test('what a request costs stands at the end of its line where that is set, and is asked for again after a change', async (t) => {
  const client = await startClient(t, { capabilities: withInlayHints });
  const uri = 'untitled:tickets.batch.jsonl';
  const hints = () =>
    client.connection.sendRequest(InlayHintRequest.type, {
      textDocument: { uri },
      range: { start: { line: 0, character: 0 }, end: { line: 9, character: 0 } },
    });
  client.open(uri, TEXT);
  assert.deepEqual(await hints(), []);
  client.settings = { showCostInline: true };
  const refreshed = new Promise<void>((resolve) =>
    client.connection.onRequest(InlayHintRefreshRequest.method, () => resolve()),
  );
  await client.connection.sendNotification(DidChangeConfigurationNotification.type, { settings: null });
  await refreshed;
  const [first, second, ...more] = (await hints()) ?? [];
  assert.deepEqual(more, []);
  assert.deepEqual(first?.position, { line: 0, character: requestLine('a').length });
  assert.match(String(first?.label), /^≈ \d+ tokens · \$0\.0\d+, up to \$0\.0\d+$/);
  assert.match(
    String(first?.tooltip),
    /Output: 64 tokens expected, up to 64: \$0\.00016, up to \$0\.00016\. Sent alone: /,
  );
  assert.equal(second?.position.line, 1);
});

const withInlayHints = { ...FULL, workspace: { ...FULL.workspace, inlayHint: { refreshSupport: true } } };

test('where a cheaper model would save much, a hint says so and leads to the comparison', async (t) => {
  const client = await startClient(t);
  const text = Array.from({ length: 2000 }, (_, i) =>
    requestLine(`r-${i}`, `Ticket ${i}`)
      .replace('haiku-4-5', 'opus-5-5')
      .replace('"max_tokens":64', '"max_tokens":900'),
  ).join('\n');
  const uri = 'untitled:tickets.batch.jsonl';
  client.open(uri, text);
  const [hint] = await client.diagnostics(uri);
  assert.equal(hint?.code, 'lower-price');
  const actions = await client.connection.sendRequest(CodeActionRequest.type, {
    textDocument: { uri },
    range: hint!.range,
    context: { diagnostics: [hint!] },
  });
  const found = actions?.find(({ title }) => title === 'Compare Models') as CodeAction | undefined;
  assert.deepEqual(found?.command?.arguments, [uri]);
});
