import assert from 'node:assert/strict';
import { copyFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { before, type TestContext, test } from 'node:test';
import type { Diagnostic } from 'vscode-languageserver-protocol';
import { lineMark, writeSubmitted } from '../../runs/submitted';
import { ApiFindings, type ApiFindingsParams, CheckFile } from '../../server/src/protocol';
import { ClearResults } from '../../server/src/protocol/results';
import { bundled } from '../support/bundle';
import { requestLine } from '../support/contexts';
import { temporaryFile, temporaryFolder } from '../support/folders';
import { startClient, type TestClient, uriOf } from './client';

/** The thread that checks files is a bundle of its own beside the server's. */
before(async () => {
  const { folder, remove } = await bundled({ 'check-worker.js': 'files/check-worker.ts' });
  copyFileSync(join(folder, 'check-worker.js'), join(__dirname, 'check-worker.js'));
  remove();
});

const URI = 'untitled:tickets.batch.jsonl';
const LINES = [requestLine('a'), '', requestLine('b'), requestLine('c')];
const TEXT = `${LINES.join('\n')}\n`;
const REQUESTS = LINES.filter((line) => line !== '');

const isApis = ({ source }: Diagnostic): boolean => source === 'Message Batches API';
const errored = (customId: string, type: string, message: string): string =>
  JSON.stringify({
    custom_id: customId,
    result: { type: 'errored', error: { type: 'error', error: { type, message }, request_id: null } },
  });

/** The list of what was submitted, as the journal has it. */
function submitted(t: TestContext, lines: readonly string[] = REQUESTS): string {
  const requests = lines.map((line) => ({ customId: JSON.parse(line).custom_id, mark: lineMark(Buffer.from(line)) }));
  return uriOf(temporaryFile(t, 'run.txt', writeSubmitted(requests)));
}

async function told(t: TestContext, client: TestClient, news: Partial<ApiFindingsParams>): Promise<void> {
  await client.connection.sendNotification(ApiFindings, { uri: URI, submitted: submitted(t), ...news });
}

test('a refusal at create stands on the request that it names, until that line changes', async (t) => {
  const client = await startClient(t);
  client.open(URI, TEXT);
  const message = "requests.1.custom_id: String should match pattern '^[a-zA-Z0-9_-]{1,64}$'";
  await told(t, client, { refusal: { type: 'invalid_request_error', message } });
  const shown = (await client.diagnostics(URI, (all) => all.some(isApis))).filter(isApis);
  const start = LINES[2]?.indexOf('"b"') ?? 0;
  const range = { start: { line: 2, character: start }, end: { line: 2, character: start + 3 } };
  assert.deepEqual(shown, [
    { range, severity: 1, code: 'invalid_request_error', source: 'Message Batches API', message },
  ]);

  const above = { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };
  client.change(URI, 2, { range: above, text: `${requestLine('z')}\n` });
  const moved = await client.diagnostics(URI, (all) => all.find(isApis)?.range.start.line === 3);
  assert.equal(moved.filter(isApis).length, 1);

  const own = { start: { line: 3, character: start + 1 }, end: { line: 3, character: start + 2 } };
  client.change(URI, 3, { range: own, text: 'bb' });
  await client.diagnostics(URI, (all) => !all.some(isApis));
});

test('of the rows of results only those are shown that are the fault of their line', async (t) => {
  const client = await startClient(t);
  const rows = [
    errored('c', 'invalid_request_error', 'messages.0.content: Input should be a valid array'),
    errored('a', 'overloaded_error', 'Overloaded'),
    errored('b', 'not_found_error', 'model: claude-haiku-4-5'),
  ];
  const results = uriOf(temporaryFile(t, 'tickets.20261120T2104Z.results.jsonl', `${rows.join('\n')}\n`));
  client.open(URI, TEXT);
  await told(t, client, { results });
  const shown = (await client.diagnostics(URI, (all) => all.some(isApis))).filter(isApis);
  assert.deepEqual(
    shown.map(({ range, code }) => [range.start.line, code]),
    [
      [2, 'not_found_error'],
      [3, 'invalid_request_error'],
    ],
  );
});

test('what was changed since is not what was refused', async (t) => {
  const client = await startClient(t);
  client.open(URI, TEXT.replace('"c"', '"d"'));
  const refusal = { type: 'invalid_request_error', message: 'requests.2.custom_id: Field required' };
  await told(t, client, { refusal });
  await client.quiet();
  assert.deepEqual((await client.diagnostics(URI)).filter(isApis), []);
});

test('a line that is as it was sent has it, whatever became of the others', async (t) => {
  const client = await startClient(t);
  client.open(URI, `${requestLine('new')}\n${TEXT.replace('"a"', '"z"')}`);
  const refusal = { type: 'invalid_request_error', message: 'requests.1.custom_id: Field required' };
  await told(t, client, { refusal });
  const shown = await client.diagnostics(URI, (all) => all.some(isApis));
  assert.deepEqual(
    shown.filter(isApis).map(({ range }) => range.start.line),
    [3],
  );
});

test('of one fault at most twenty lines are shown', async (t) => {
  const client = await startClient(t);
  const lines = Array.from({ length: 50 }, (_, i) => requestLine(`r${i}`));
  const rows = lines.map((_, i) => errored(`r${i}`, 'invalid_request_error', 'messages.0.content: Field required'));
  const results = uriOf(temporaryFile(t, 'tickets.20261120T2104Z.results.jsonl', `${rows.join('\n')}\n`));
  client.open(URI, lines.join('\n'));
  await client.connection.sendNotification(ApiFindings, { uri: URI, submitted: submitted(t, lines), results });
  const shown = (await client.diagnostics(URI, (all) => all.some(isApis))).filter(isApis);
  assert.equal(shown.filter(({ message }) => message === 'messages.0.content: Field required').length, 20);
});

test('they never stop a submission, and go with the results that are cleared', async (t) => {
  const client = await startClient(t);
  const path = join(temporaryFolder(t), 'tickets.batch.jsonl');
  const text = `${REQUESTS.join('\n')}\n`;
  writeFileSync(path, text);
  const uri = uriOf(path);
  client.open(uri, text);
  const refusal = { type: 'invalid_request_error', message: 'requests.1.custom_id: Field required' };
  await client.connection.sendNotification(ApiFindings, { uri, submitted: submitted(t), refusal });
  await client.diagnostics(uri, (all) => all.some(isApis));
  const check = await client.connection.sendRequest(CheckFile, { uri, hashed: true });
  assert.deepEqual([check.requests, check.counts.error, check.problems], [3, 0, []]);
  await client.connection.sendNotification(ClearResults, { uri });
  await client.diagnostics(uri, (all) => !all.some(isApis));
});

test('a document that is opened later has them too', async (t) => {
  const client = await startClient(t);
  const refusal = { type: 'invalid_request_error', message: 'requests.2.custom_id: Field required' };
  await told(t, client, { refusal });
  client.open(URI, TEXT);
  const shown = await client.diagnostics(URI, (all) => all.some(isApis));
  assert.equal(shown.find(isApis)?.range.start.line, 3);
});

test('a file that is only on disk has them beside what the check found', async (t) => {
  const client = await startClient(t);
  const path = join(temporaryFolder(t), 'tickets.jsonl');
  writeFileSync(path, TEXT);
  const uri = uriOf(path);
  await client.connection.sendRequest(CheckFile, { uri });
  const refusal = { type: 'invalid_request_error', message: 'requests: … Duplicate custom_id found: c' };
  await client.connection.sendNotification(ApiFindings, { uri, submitted: submitted(t), refusal });
  const shown = await client.diagnostics(uri, (all) => all.some(isApis));
  assert.deepEqual(
    shown.map(({ range, source }) => [range.start.line, source]),
    [
      [1, 'Message Batches'],
      [3, 'Message Batches API'],
    ],
  );
  rmSync(path);
});
