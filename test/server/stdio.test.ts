import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { test } from 'node:test';
import {
  createProtocolConnection,
  DidOpenTextDocumentNotification,
  ExitNotification,
  InitializeRequest,
  PublishDiagnosticsNotification,
  type PublishDiagnosticsParams,
  ShutdownRequest,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-languageserver-protocol/node';
import { CheckFile } from '../../server/src/protocol';
import { bundled } from '../support/bundle';
import { requestLine } from '../support/contexts';
import { temporaryFile } from '../support/folders';
import { uriOf } from './client';

test('the bundle that is shipped speaks over stdio, checks from disk, and ends when it is told to', async (t) => {
  const { folder, remove } = await bundled({
    'server.js': 'server/src/main.ts',
    'check-worker.js': 'files/check-worker.ts',
  });
  t.after(remove);
  const server = spawn(process.execPath, [join(folder, 'server.js'), '--stdio'], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  t.after(() => server.kill());
  const connection = createProtocolConnection(
    new StreamMessageReader(server.stdout),
    new StreamMessageWriter(server.stdin),
  );
  const published = new Promise<PublishDiagnosticsParams>((resolve) => {
    connection.onNotification(PublishDiagnosticsNotification.type, resolve);
  });
  connection.listen();
  const { serverInfo } = await connection.sendRequest(InitializeRequest.type, {
    processId: process.pid,
    rootUri: null,
    capabilities: {},
  });
  assert.equal(serverInfo?.name, 'message-batches');
  const textDocument = { uri: 'untitled:a.batch.jsonl', languageId: 'jsonl', version: 1, text: '{' };
  await connection.sendNotification(DidOpenTextDocumentNotification.type, { textDocument });
  assert.equal((await published).diagnostics.length, 1);
  const uri = uriOf(temporaryFile(t, 'tickets.jsonl', requestLine('a')));
  assert.equal((await connection.sendRequest(CheckFile, { uri })).requests, 1);
  await connection.sendRequest(ShutdownRequest.type);
  const exited = once(server, 'exit');
  await connection.sendNotification(ExitNotification.type);
  assert.deepEqual(await exited, [0, null]);
});
