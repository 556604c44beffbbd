import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { JudgeRequest } from '../../server/src/protocol';
import { requestLine } from '../support/contexts';
import { temporaryFolder } from '../support/folders';
import { startClient, uriOf } from './client';

test('a line is judged by what its file is judged by, with its price and the place of its params', async (t) => {
  const client = await startClient(t);
  const folder = temporaryFolder(t);
  writeFileSync(join(folder, 'message-batches.json'), '{"apiVersion":"2023-06-01","betas":["files-api-2025-04-14"]}');
  const uri = uriOf(join(folder, 'tickets.batch.jsonl'));
  const judge = (text: string) => client.connection.sendRequest(JudgeRequest, { uri, text });

  const params = JSON.stringify(JSON.parse(requestLine('a')).params);
  const text = `{"params" :  ${params} , "custom_id":"a"}`;
  const good = await judge(text);
  assert.deepEqual([good.errors, good.customId], [[], 'a']);
  assert.equal(text.slice(good.params?.start, good.params?.end), params);
  assert.ok((good.estimate?.standardUsd?.input.expected ?? 0) > 0);
  assert.deepEqual([good.judgedBy.apiVersion, good.judgedBy.betas], ['2023-06-01', ['files-api-2025-04-14']]);

  assert.equal((await judge(requestLine('a').replace('"messages"', '"massages"'))).errors.length > 0, true);
  const broken = await judge('{"custom_id":');
  assert.equal(broken.errors.length > 0, true);
  assert.deepEqual([broken.estimate, broken.params], [null, null]);
});
