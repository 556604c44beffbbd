import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  DidOpenTextDocumentNotification,
  PublishDiagnosticsNotification,
  type PublishDiagnosticsParams,
} from 'vscode-languageserver-protocol/node';
import { CheckFile } from '../../server/src/protocol';
import { requestLine } from '../support/contexts';
import { temporaryFile } from '../support/folders';
import { uriOf } from './client';
import { serverBundle, startServerProcess } from './server-process';

test('the bundle that is shipped speaks over stdio, checks from disk, and ends when it is told to', async (t) => {
  const { connection, initialized, end } = await startServerProcess(t, await serverBundle(t));
  assert.equal(initialized.serverInfo?.name, 'message-batches');
  const published = new Promise<PublishDiagnosticsParams>((resolve) => {
    connection.onNotification(PublishDiagnosticsNotification.type, resolve);
  });
  const textDocument = { uri: 'untitled:a.batch.jsonl', languageId: 'jsonl', version: 1, text: '{' };
  await connection.sendNotification(DidOpenTextDocumentNotification.type, { textDocument });
  assert.equal((await published).diagnostics.length, 1);
  const uri = uriOf(temporaryFile(t, 'tickets.jsonl', requestLine('a')));
  assert.equal((await connection.sendRequest(CheckFile, { uri })).requests, 1);
  assert.deepEqual(await end(), [0, null]);
});
