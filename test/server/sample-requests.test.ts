import assert from 'node:assert/strict';
import { test } from 'node:test';
import { calibrationOf } from '../../batch/cost/calibration';
import { bundledModels } from '../../batch/cost/models';
import { inputParts } from '../../batch/cost/tokens';
import { LearnedChanged } from '../../server/src/protocol';
import { SampleRequests } from '../../server/src/protocol/cost';
import { requestLine } from '../support/contexts';
import { temporaryFile } from '../support/folders';
import { startClient, uriOf } from './client';

const TEXT = Array.from({ length: 50 }, (_, i) => requestLine(`r${i}`)).join('\n');

test('the requests to count are chosen of an open document and of a file on disk alike', async (t) => {
  const client = await startClient(t);
  const uri = uriOf(temporaryFile(t, 'tickets.batch.jsonl', TEXT));
  const onDisk = await client.connection.sendRequest(SampleRequests, { uri });
  client.open(uri, `\n${TEXT}`);
  const open = await client.connection.sendRequest(SampleRequests, { uri });
  assert.deepEqual(
    onDisk.map(({ model, of, lines }) => [model, of, lines.length]),
    [['claude-haiku-4-5-20251001', 50, 20]],
  );
  assert.deepEqual(
    open.flatMap(({ lines }) => lines.map((line) => line - 1)),
    onDisk.flatMap(({ lines }) => lines),
  );
});

test('a file is estimated by what the API counted of it, and another one is not', async (t) => {
  const client = await startClient(t);
  const [path, other] = ['tickets.batch.jsonl', 'other.batch.jsonl'].map((name) => temporaryFile(t, name, TEXT));
  for (const each of [path, other]) client.open(uriOf(each ?? ''), TEXT);
  const before = (await client.summary(uriOf(path ?? '')))?.estimate.inputTokens.expected ?? 0;
  const input = inputParts(JSON.parse(requestLine('a')).params, bundledModels.find('claude-haiku-4-5'));
  const calibration = calibrationOf([{ input, tokens: Math.round((2 * before) / 50) }], 1, '2026-11-21T12:00:00.000Z');
  assert.ok(calibration);
  const learned = {
    output: { files: {}, models: {} },
    input: { [path ?? '']: { 'claude-haiku-4-5-20251001': calibration } },
  };
  await client.connection.sendNotification(LearnedChanged, { learned });
  const after = await client.summary(uriOf(path ?? ''), (it) => it?.estimate.inputTokens.expected !== before);
  assert.equal(after?.estimate.inputTokens.expected, 2 * before);
  await client.quiet();
  assert.equal((await client.summary(uriOf(other ?? '')))?.estimate.inputTokens.expected, before);
});
