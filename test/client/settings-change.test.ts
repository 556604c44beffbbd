import assert from 'node:assert/strict';
import { test } from 'node:test';
import { changedSettings } from '../../client/src/text/settings-change';

test('a new file holds the change alone', () => {
  assert.equal(changedSettings('', { apiVersion: '2023-06-01' }), '{\n  "apiVersion": "2023-06-01"\n}\n');
});

test('comments and other settings stay as they are', () => {
  const text = '{\n  // ours\n  "rules": {},\n  "apiVersion": "2026-10-21"\n}\n';
  assert.equal(changedSettings(text, { apiVersion: '2023-06-01' }), text.replace('2026-10-21', '2023-06-01'));
});

test('a beta is added once', () => {
  const once = changedSettings('{ "betas": ["a"] }', { addBeta: 'b' });
  assert.deepEqual(JSON.parse(once).betas, ['a', 'b']);
  assert.equal(changedSettings(once, { addBeta: 'b' }), once);
});
