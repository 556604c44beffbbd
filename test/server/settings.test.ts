import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import {
  DidChangeConfigurationNotification,
  DidChangeWatchedFilesNotification,
  FileChangeType,
  type FileEvent,
} from 'vscode-languageserver-protocol';
import { requestLine } from '../support/contexts';
import { temporaryFolder } from '../support/folders';
import { startClient, type TestClient, uriOf } from './client';

const LINE = requestLine('a').replace('"max_tokens"', '"temperature":0.5,"max_tokens"');

function saySettings(client: TestClient, path: string): void {
  const changes: FileEvent[] = [{ uri: uriOf(path), type: FileChangeType.Changed }];
  void client.connection.sendNotification(DidChangeWatchedFilesNotification.type, { changes });
}

test("the editor's settings judge, and a change of them judges again", async (t) => {
  const client = await startClient(t);
  client.open('untitled:a.batch.jsonl', LINE);
  assert.equal((await client.diagnostics('untitled:a.batch.jsonl')).length, 1);
  client.settings = { apiVersion: '2023-06-01' };
  await client.connection.sendNotification(DidChangeConfigurationNotification.type, { settings: null });
  assert.deepEqual(await client.diagnostics('untitled:a.batch.jsonl', (all) => all.length === 0), []);
  const summary = await client.summary('untitled:a.batch.jsonl', (it) => it?.judgedBy.apiVersion === '2023-06-01');
  assert.equal(summary?.counts.error, 0);
});

test("the nearest message-batches.json goes before the editor's settings", async (t) => {
  const client = await startClient(t);
  client.settings = { apiVersion: '2023-06-01' };
  const folder = temporaryFolder(t);
  mkdirSync(join(folder, 'inner'));
  const settings = join(folder, 'message-batches.json');
  const uri = uriOf(join(folder, 'inner', 'a.batch.jsonl'));
  writeFileSync(settings, '{"apiVersion":"2026-10-21"}');
  client.open(uri, LINE);
  assert.equal((await client.diagnostics(uri)).length, 1);
  const summary = await client.summary(uri);
  assert.deepEqual([summary?.judgedBy.settings, summary?.judgedBy.apiVersion], [settings, '2026-10-21']);
  writeFileSync(settings, '{"rules":{"sampling-params":"off"}}');
  saySettings(client, settings);
  assert.deepEqual(await client.diagnostics(uri, (all) => all.length === 0), []);
});

test('what is wrong in message-batches.json is shown there', async (t) => {
  const client = await startClient(t);
  const folder = temporaryFolder(t);
  const settings = join(folder, 'message-batches.json');
  writeFileSync(settings, '{\n  "rules": { "no-such-rule": "off" }\n}');
  client.open(uriOf(join(folder, 'a.batch.jsonl')), requestLine('a'));
  const [fault] = await client.diagnostics(uriOf(settings));
  assert.match(String(fault?.message), /no-such-rule/);
  assert.equal(fault?.range.start.line, 1);
  writeFileSync(settings, '{}');
  saySettings(client, settings);
  assert.deepEqual(await client.diagnostics(uriOf(settings), (all) => all.length === 0), []);
});

test('a client without settings is judged by the defaults', async (t) => {
  const client = await startClient(t, { capabilities: {} });
  client.open('untitled:a.batch.jsonl', LINE);
  const [problem] = await client.diagnostics('untitled:a.batch.jsonl');
  assert.match(String(problem?.message), /2026-10-21/);
});
