import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { test } from 'node:test';
import {
  createProtocolConnection,
  DidOpenTextDocumentNotification,
  InitializeRequest,
  PublishDiagnosticsNotification,
  type PublishDiagnosticsParams,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-languageserver-protocol/node';
import { builtCli, folderWith, line } from './cli';

const { start } = builtCli();

const OVERLAY = { date: '2099-01-01', models: { 'claude-of-tomorrow': { max_output_tokens: 10 } } };

test('sandbox: says where it listens and which key it takes', async () => {
  const { process: child, ended } = start(['sandbox', '--port', '0'], { keepsStdin: true });
  assert.ok(child.stdout);
  for await (const line of createInterface({ input: child.stdout })) {
    const { url, token } = JSON.parse(line);
    const answer = await fetch(`${url}/v1/models`, {
      headers: { 'x-api-key': token, 'anthropic-version': '2026-10-21' },
    });
    assert.equal(answer.status, 200);
    break;
  }
  child.kill('SIGTERM');
  assert.equal((await ended).code, 0);
});

test('lsp: speaks the protocol on stdin and stdout', async () => {
  const { process: child, ended } = start(['lsp', '--stdio'], { keepsStdin: true });
  const initialize = {
    jsonrpc: '2.0',
    id: 1,
    method: 'initialize',
    params: { processId: null, rootUri: null, capabilities: {} },
  };
  const body = JSON.stringify(initialize);
  child.stdin?.write(`Content-Length: ${body.length}\r\n\r\n${body}`);
  let said = '';
  for await (const chunk of child.stdout ?? []) {
    said += chunk;
    if (said.includes('"capabilities"')) break;
  }
  assert.match(said, /^Content-Length: \d+/);
  child.kill('SIGTERM');
  await ended;
});

test('lsp: judges by what the Models API said on this machine', async (t) => {
  const cwd = folderWith(t);
  mkdirSync(path.join(cwd, 'state'));
  writeFileSync(path.join(cwd, 'state', 'models.json'), JSON.stringify(OVERLAY));
  const { process: child, ended } = start(['lsp', '--stdio', '--state-dir', 'state'], { cwd, keepsStdin: true });
  assert.ok(child.stdin && child.stdout);
  const connection = createProtocolConnection(
    new StreamMessageReader(child.stdout),
    new StreamMessageWriter(child.stdin),
  );
  const published = new Promise<PublishDiagnosticsParams>((resolve) => {
    connection.onNotification(PublishDiagnosticsNotification.type, resolve);
  });
  connection.listen();
  await connection.sendRequest(InitializeRequest.type, { processId: null, rootUri: null, capabilities: {} });
  const text = line('a', { model: 'claude-of-tomorrow', max_tokens: 5000 });
  const textDocument = { uri: 'untitled:a.batch.jsonl', languageId: 'jsonl', version: 1, text };
  await connection.sendNotification(DidOpenTextDocumentNotification.type, { textDocument });
  assert.deepEqual(
    (await published).diagnostics.map(({ code }) => code),
    ['max-tokens'],
  );
  child.kill('SIGTERM');
  await ended;
});
