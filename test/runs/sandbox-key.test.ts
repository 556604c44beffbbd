import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isSandboxKey } from '../../runs/sandbox-key';
import { SANDBOX_TOKEN } from '../../sandbox/token';

const token = `${SANDBOX_TOKEN}x`;

test('a token of a sandbox counts as one on this machine', () => {
  for (const host of ['127.0.0.1:41234', 'localhost', 'LOCALHOST:8080', '[::1]:41234'])
    assert.equal(isSandboxKey(token, `http://${host}/prefix`), true, host);
});

test('and nowhere else, whatever the host is called', () => {
  const hosts = [
    'https://api.anthropic.com',
    'https://localhost.example',
    'http://127.0.0.1.example',
    'http://0.0.0.0',
  ];
  for (const baseUrl of [...hosts, 'http://localhost@proxy.example', 'localhost', ''])
    assert.equal(isSandboxKey(token, baseUrl), false, baseUrl);
});

test('another key is none of a sandbox, also on this machine', () => {
  assert.equal(isSandboxKey('sk-ant-api03-x', 'http://127.0.0.1:41234'), false);
});
