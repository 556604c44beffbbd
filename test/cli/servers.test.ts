import assert from 'node:assert/strict';
import { createInterface } from 'node:readline';
import { test } from 'node:test';
import { builtCli } from './cli';

const { start } = builtCli();

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
