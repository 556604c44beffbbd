import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ModelsRefreshed } from '../../server/src/protocol';
import { requestLine } from '../support/contexts';
import { startClient } from './client';

const URI = 'untitled:tickets.batch.jsonl';
const TEXT = requestLine('a').replace('claude-haiku-4-5', 'claude-opus-9');
const models = { date: '2027-01-01', models: { 'claude-opus-9': { max_output_tokens: 10 } } };

test('open files are judged again by what the Models API said, and told to be so', async (t) => {
  const client = await startClient(t);
  client.open(URI, TEXT);
  const before = await client.summary(URI, (summary) => summary !== null);
  await client.diagnostics(URI, ([first]) => first?.code === 'unknown-model');
  await client.connection.sendNotification(ModelsRefreshed, { models });
  const after = await client.diagnostics(URI, ([first]) => first?.code === 'max-tokens');
  assert.equal(after.length, 1);
  const summary = await client.summary(URI, (it) => it?.judgedBy.hash !== before?.judgedBy.hash);
  assert.equal(summary?.judgedBy.models, '2027-01-01');
});

test('what was said before the start counts from the start', async (t) => {
  const client = await startClient(t, { options: { models } });
  client.open(URI, TEXT);
  const found = await client.diagnostics(URI, (all) => all.length > 0);
  assert.deepEqual(
    found.map(({ code }) => code),
    ['max-tokens'],
  );
});
