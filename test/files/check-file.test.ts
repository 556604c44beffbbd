import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { appendFileSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { BatchFile } from '../../batch/batch-file';
import { checkFile } from '../../files/check-file';
import { CreateBody } from '../../files/create-body';
import type { JudgedBy } from '../../files/file-check';
import { context, requestLine } from '../support/contexts';
import { temporaryFile, temporaryFolder } from '../support/folders';

const judgedBy: JudgedBy = { apiVersion: '2023-06-01', betas: [], models: '', settings: null, hash: '' };
const check = (path: string, more: Partial<Parameters<typeof checkFile>[1]> = {}) =>
  checkFile(path, { context: context(), judgedBy, limit: 900, ...more });

const mixed = [requestLine('a'), '', 'x', requestLine('b', 'é🙂'), requestLine('a'), '[1]'].join('\n');

test('a file on disk is judged as an open one is', async (t) => {
  const file = new BatchFile(mixed, context());
  const { problems, omitted, counts, requests, bytes, estimate, models } = await check(
    temporaryFile(t, 'a.jsonl', mixed),
  );
  assert.deepEqual({ problems, omitted, counts }, file.problems());
  assert.deepEqual(
    { requests, bytes, models, estimate },
    { requests: file.requests, bytes: file.bytes, models: file.models(), estimate: file.estimate() },
  );
});

test('size and hash are those of the body that is sent', async (t) => {
  const path = temporaryFile(t, 'a.jsonl', `\uFEFF${requestLine('a')}\r\n\r\n${requestLine('b')}`);
  const create = new CreateBody();
  const body = Buffer.concat([create.push(readFileSync(path)), create.end()]);
  assert.equal(body.toString(), `{"requests":[${requestLine('a')},${requestLine('b')}]}`);
  assert.equal((await check(path)).sha256, null);
  const { bytes, sha256, problems } = await check(path, { hashed: true });
  assert.deepEqual([bytes, sha256], [body.length, createHash('sha256').update(body).digest('hex')]);
  assert.deepEqual(
    problems.map(({ finding }) => finding.rule),
    ['byte-order-mark', 'blank-line'],
  );
});

test('what would refuse the whole batch is told apart', async (t) => {
  const row = await check(temporaryFile(t, 'a.jsonl', requestLine('a').replace('"max_tokens":64', '"max_tokens":0')));
  assert.deepEqual([row.refusedLines, row.refusedAtCreate], [[0], false]);
  const whole = await check(temporaryFile(t, 'a.jsonl', mixed));
  assert.deepEqual([whole.refusedLines, whole.refusedAtCreate], [[2, 4, 5], true]);
});

test('bytes that are no UTF-8 are found on their line', async (t) => {
  const latin1 = Buffer.from(requestLine('a', 'caf\u00e9'), 'latin1');
  const { problems } = await check(
    temporaryFile(t, 'a.jsonl', Buffer.concat([Buffer.from(`${requestLine('b', '\uFFFD')}\n`), latin1])),
  );
  assert.deepEqual(
    problems.map(({ line, finding }) => [line, finding.rule]),
    [[1, 'invalid-utf8']],
  );
});

test('other files: results and logs have no finding, another shape has one, a binary one when it is named', async (t) => {
  const kinds = async (name: string, content: string | Uint8Array, asBatch = false) => {
    const { kind, problems } = await check(temporaryFile(t, name, content), { asBatch });
    return [kind, ...problems.map(({ finding }) => finding.rule)];
  };
  assert.deepEqual(await kinds('a.jsonl', '{"custom_id":"a","result":{"type":"expired"}}'), ['results']);
  assert.deepEqual(await kinds('a.jsonl', '{"level":"info"}\n'), ['none']);
  assert.deepEqual(await kinds('a.jsonl', '{"custom_id":"a","method":"POST","url":"/","body":{}}\n'.repeat(9)), [
    'other-shape',
    'foreign-shape',
  ]);
  assert.deepEqual(await kinds('a.jsonl', Buffer.from([1, 0, 2])), ['none']);
  assert.deepEqual(await kinds('a.jsonl', Buffer.from([1, 0, 2]), true), ['batch', 'invalid-utf8']);
  assert.deepEqual(await kinds('a.jsonl', Buffer.from('\uFEFF{}', 'utf16le'), true), ['batch', 'invalid-utf8']);
  assert.deepEqual(await kinds('empty.batch.jsonl', ''), ['batch', 'empty-file']);
});

test('a directory and a missing file say so', async (t) => {
  const folder = temporaryFolder(t);
  await assert.rejects(check(folder), { code: 'EISDIR' });
  await assert.rejects(check(`${folder}/none.jsonl`), { code: 'ENOENT' });
});

test('a file that grows while it is read gives no findings', async (t) => {
  const path = temporaryFile(t, 'a.jsonl', `${requestLine('a')}\n`.repeat(50_000));
  const onProgress = () => appendFileSync(path, 'x');
  await assert.rejects(check(path, { onProgress }), { name: 'FileChangedError' });
});

test('a check can be stopped', async (t) => {
  const path = temporaryFile(t, 'a.jsonl', `${requestLine('a')}\n`.repeat(50_000));
  const stop = new AbortController();
  await assert.rejects(check(path, { signal: stop.signal, onProgress: () => stop.abort() }), { name: 'AbortError' });
});
