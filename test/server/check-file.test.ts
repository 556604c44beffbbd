import assert from 'node:assert/strict';
import { appendFileSync, copyFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { before, test } from 'node:test';
import { CancellationTokenSource, LSPErrorCodes, WorkDoneProgress } from 'vscode-languageserver-protocol';
import { CheckFile, ForgetFile } from '../../server/src/protocol';
import { bundled } from '../support/bundle';
import { requestLine } from '../support/contexts';
import { temporaryFile } from '../support/folders';
import { largeFile } from '../support/large-file';
import { startClient, uriOf } from './client';

/** The thread that checks files is a bundle of its own beside the server's. */
before(async () => {
  const { folder, remove } = await bundled({ 'check-worker.js': 'files/check-worker.ts' });
  copyFileSync(join(folder, 'check-worker.js'), join(__dirname, 'check-worker.js'));
  remove();
});

const TEXT = `${requestLine('a')}\n{"custom_id":"b"\n${requestLine('a')}\n`;

test('a file that is not open is checked on disk, and its findings are shown until it is forgotten', async (t) => {
  const client = await startClient(t);
  const uri = uriOf(temporaryFile(t, 'tickets.jsonl', TEXT));
  const check = await client.connection.sendRequest(CheckFile, { uri });
  assert.deepEqual([check.kind, check.requests, check.counts.error, check.refusedAtCreate], ['batch', 3, 2, true]);
  const shown = await client.diagnostics(uri, (all) => all.length > 0);
  assert.deepEqual(shown.map(({ code }) => code).sort(), ['duplicate-custom-id', 'invalid-json']);
  const summary = await client.summary(uri);
  assert.equal(typeof summary?.checkedFromDiskAt, 'number');
  await client.connection.sendNotification(ForgetFile, { uri });
  assert.deepEqual(await client.diagnostics(uri, (all) => all.length === 0), []);
  assert.equal(await client.summary(uri, (it) => it === null), null);
});

test('an open document is the owner of what is shown', async (t) => {
  const client = await startClient(t);
  const uri = uriOf(temporaryFile(t, 'tickets.jsonl', TEXT));
  client.open(uri, requestLine('a'));
  await client.summary(uri);
  const check = await client.connection.sendRequest(CheckFile, { uri });
  assert.equal(check.counts.error, 2);
  await client.quiet();
  assert.deepEqual(
    client.published.map(({ diagnostics }) => diagnostics),
    [[]],
  );
});

test('a document that is opened takes over from the disk', async (t) => {
  const client = await startClient(t);
  const uri = uriOf(temporaryFile(t, 'tickets.jsonl', TEXT));
  await client.connection.sendRequest(CheckFile, { uri });
  await client.diagnostics(uri, (all) => all.length === 2);
  client.open(uri, requestLine('a'));
  assert.deepEqual(await client.diagnostics(uri, (all) => all.length === 0), []);
  await client.summary(uri, (it) => it?.checkedFromDiskAt === null);
});

test('a check tells how far it is', async (t) => {
  const client = await startClient(t);
  const lines = Array.from({ length: 20_000 }, (_, i) => requestLine(`r-${i}`, 'x'.repeat(200)));
  const uri = uriOf(temporaryFile(t, 'large.jsonl', lines.join('\n')));
  const kinds: string[] = [];
  const percentages: number[] = [];
  client.connection.onProgress(WorkDoneProgress.type, 'progress', (value) => {
    kinds.push(value.kind);
    if (value.kind === 'report') percentages.push(value.percentage ?? -1);
  });
  const check = await client.connection.sendRequest(CheckFile, { uri, workDoneToken: 'progress' });
  assert.equal(check.requests, 20_000);
  assert.deepEqual([kinds[0], kinds.at(-1)], ['begin', 'end']);
  assert.ok(percentages.length > 2);
  assert.deepEqual(
    percentages,
    percentages.toSorted((a, b) => a - b),
  );
  assert.equal(percentages.at(-1), 100);
});

test('who asked for a check can stop it', async (t) => {
  const client = await startClient(t);
  const lines = Array.from({ length: 50_000 }, (_, i) => requestLine(`r-${i}`, 'x'.repeat(200)));
  const uri = uriOf(temporaryFile(t, 'large.jsonl', lines.join('\n')));
  const source = new CancellationTokenSource();
  client.connection.onProgress(WorkDoneProgress.type, 'progress', () => source.cancel());
  await assert.rejects(client.connection.sendRequest(CheckFile, { uri, workDoneToken: 'progress' }, source.token), {
    code: LSPErrorCodes.RequestCancelled,
  });
  assert.deepEqual(client.published, []);
});

test('what was found is shown no longer when the file changes while it is read again', async (t) => {
  const client = await startClient(t);
  const file = largeFile(t, 16);
  const uri = uriOf(file);
  appendFileSync(file, TEXT);
  await client.connection.sendRequest(CheckFile, { uri });
  await client.diagnostics(uri, (all) => all.length > 0);
  let isChanged = false;
  client.connection.onProgress(WorkDoneProgress.type, 'check', ({ kind }) => {
    if (kind === 'report' && !isChanged) appendFileSync(file, TEXT);
    isChanged ||= kind === 'report';
  });
  const again = client.connection.sendRequest(CheckFile, { uri, workDoneToken: 'check' });
  await assert.rejects(again, /changed while it was read/);
  assert.ok(isChanged);
  assert.deepEqual(await client.diagnostics(uri, (all) => all.length === 0), []);
  assert.equal(await client.summary(uri, (it) => it === null), null);
});

test('a file that is gone is said to be', async (t) => {
  const client = await startClient(t);
  const path = temporaryFile(t, 'tickets.jsonl', TEXT);
  const uri = uriOf(path);
  await client.connection.sendRequest(CheckFile, { uri });
  await client.diagnostics(uri, (all) => all.length === 2);
  rmSync(path);
  await assert.rejects(client.connection.sendRequest(CheckFile, { uri }), /ENOENT/);
  assert.deepEqual(await client.diagnostics(uri, (all) => all.length === 0), []);
});

test('what is none of our business has no findings, unless a person named it', async (t) => {
  const client = await startClient(t);
  const path = temporaryFile(t, 'log.jsonl', '{"level":"info"}\n');
  const check = await client.connection.sendRequest(CheckFile, { uri: uriOf(path) });
  assert.deepEqual([check.kind, check.problems], ['none', []]);
  writeFileSync(path, '{"level":"info"}\n{"level":"info"}\n');
  const named = await client.connection.sendRequest(CheckFile, { uri: uriOf(path), asBatch: true });
  assert.equal(named.requests, 2);
  assert.ok(named.counts.error > 0);
});
