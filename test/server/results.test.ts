import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { type TestContext, test } from 'node:test';
import { DefinitionRequest, type Location, ReferencesRequest } from 'vscode-languageserver-protocol';
import { ClearResults, ResultMarks, RunsChanged, type SubmittedRun } from '../../server/src/protocol/results';
import { answered, failed, line } from '../results/rows';
import { requestLine } from '../support/contexts';
import { temporaryFolder } from '../support/folders';
import { startClient, uriOf } from './client';

const RESULTS = [
  answered('c', '![x](https://example.invalid/x.png) ```` <b>'),
  failed('a', 'overloaded_error', 'Overloaded'),
  answered('b', 'half', { stop_reason: 'max_tokens' }),
].join('');

function files(t: TestContext, more: Readonly<Record<string, string>> = {}) {
  const folder = temporaryFolder(t);
  const all = {
    'tickets.batch.jsonl': `${['a', 'b', 'c'].map((id) => requestLine(id)).join('\n')}\n`,
    'tickets.20261120T2104Z.results.jsonl': RESULTS,
    ...more,
  };
  for (const [name, text] of Object.entries(all)) writeFileSync(path.join(folder, name), text);
  const uri = (name: string) => uriOf(path.join(folder, name));
  return { source: uri('tickets.batch.jsonl'), results: uri('tickets.20261120T2104Z.results.jsonl'), folder, uri };
}

const text = (uri: string): string => readFileSync(new URL(uri), 'utf8');

test('requests that were not simply answered are marked, until their results are cleared', async (t) => {
  const { source } = files(t);
  const { connection, open } = await startClient(t);
  open(source, text(source));
  const marks = () => connection.sendRequest(ResultMarks, { uri: source });
  assert.deepEqual(await marks(), [
    { line: 0, column: 16, outcome: 'failed', text: 'Failed: Overloaded' },
    { line: 1, column: 16, outcome: 'suspicious', text: 'Suspicious: The answer was cut off at max_tokens.' },
  ]);
  await connection.sendNotification(ClearResults, { uri: source });
  assert.deepEqual(await marks(), []);
});

test('results that were cleared stay so by their name, and newer ones are marked', async (t) => {
  const { source, results, folder } = files(t);
  const { connection } = await startClient(t);
  const marks = async () => (await connection.sendRequest(ResultMarks, { uri: source })).map(({ text: said }) => said);
  await connection.sendNotification(ClearResults, { uri: source, results });
  assert.deepEqual(await marks(), []);
  const newer = failed('b', 'api_error', 'Later');
  writeFileSync(path.join(folder, 'tickets.20261121T0000Z.results.jsonl'), newer);
  assert.deepEqual(await marks(), ['Failed: Later']);
});

test('a file that is not open is marked too', async (t) => {
  const { source } = files(t);
  const { connection } = await startClient(t);
  const marks = await connection.sendRequest(ResultMarks, { uri: source });
  assert.deepEqual(
    marks.map((mark) => mark.line),
    [0, 1],
  );
});

test('a retry that was answered takes the mark away', async (t) => {
  const { source } = files(t, { 'tickets.retry-1.20261121T0000Z.results.jsonl': answered('a', 'Now') });
  const { connection } = await startClient(t);
  const marks = await connection.sendRequest(ResultMarks, { uri: source });
  assert.deepEqual(
    marks.map((mark) => mark.line),
    [1],
  );
});

test('results and retries that the journal knows are found wherever they lie, and lead back', async (t) => {
  const { folder, uri } = files(t);
  const write = (name: string, rows: string): string => {
    writeFileSync(path.join(folder, name), rows);
    return uri(name);
  };
  const source = write('mine.batch.jsonl', `${['a', 'b'].map((id) => requestLine(id)).join('\n')}\n`);
  const first = write('first.jsonl', failed('a', 'api_error', 'x') + failed('b', 'api_error', 'x'));
  const second = write('second.jsonl', answered('a', 'At last'));
  const { connection, open, hover } = await startClient(t);
  const marks = async () => (await connection.sendRequest(ResultMarks, { uri: source })).map((mark) => mark.line);
  open(source, text(source));
  open(second, text(second));
  assert.deepEqual(await marks(), []);

  const known = { state: 'fetched', sandbox: false } as const;
  const runs: SubmittedRun[] = [
    { ...known, id: '1', source, results: first, startedAt: '2026-11-20T21:04:00.000Z' },
    { ...known, id: '2', source: uri('x'), results: second, startedAt: '2026-11-20T21:05:00.000Z', retryOf: '1' },
  ];
  await connection.sendNotification(RunsChanged, { runs });
  assert.deepEqual(await marks(), [1]);
  assert.match(JSON.stringify(await hover(source, { line: 0, character: 15 })), /At last/);
  const at = (of: string) => ({ textDocument: { uri: of }, position: { line: 0, character: 15 } });
  const there = (await connection.sendRequest(DefinitionRequest.type, at(source))) as Location[];
  assert.deepEqual(
    there.map((place) => place.uri),
    [second],
  );
  const back = (await connection.sendRequest(DefinitionRequest.type, at(second))) as Location[];
  assert.deepEqual([back[0]?.uri, back[0]?.range.start], [source, { line: 0, character: 14 }]);
});

test('definition and references lead from a request to its result, and back', async (t) => {
  const { source, results } = files(t);
  const { connection, open } = await startClient(t);
  open(source, text(source));
  open(results, text(results));
  const at = (uri: string, number: number) => ({ textDocument: { uri }, position: { line: number, character: 15 } });
  const there = await connection.sendRequest(DefinitionRequest.type, at(source, 1));
  const range = { start: { line: 2, character: 14 }, end: { line: 2, character: 15 } };
  assert.deepEqual(there, [{ uri: results, range }]);
  const back = (await connection.sendRequest(DefinitionRequest.type, at(results, 2))) as Location[];
  const request = { start: { line: 1, character: 14 }, end: { line: 1, character: 15 } };
  assert.deepEqual(back, [{ uri: source, range: request }]);
  const context = { includeDeclaration: true };
  const all = await connection.sendRequest(ReferencesRequest.type, { ...at(source, 1), context });
  assert.deepEqual(new Set(all?.map(({ uri }) => uri)), new Set([source, results]));
});

test('hover shows the answer as text that loads nothing', async (t) => {
  const { source } = files(t);
  const { open, hover } = await startClient(t);
  open(source, text(source));
  const shown = JSON.stringify(await hover(source, { line: 2, character: 15 }));
  assert.match(shown, /\*\*Answered\*\*/);
  // A fence longer than the one in the answer.
  assert.match(shown, /`````text\\n!\[x\]\(https:/);
});

test('a results file is checked for what is no row', async (t) => {
  const { results, uri } = files(t, {
    'odd.results.jsonl': [
      answered('a', 'Fine', { new_field: 1, content: [{ type: 'new_block' }] }),
      'cut off {"custom_id"\n',
      '{"custom_id":"b"}\n',
      line('c', { type: 'succeeded', message: { content: 'text' } }),
      line('d', { type: 'postponed' }),
    ].join(''),
  });
  const { open, diagnostics, published } = await startClient(t);
  open(results, text(results));
  const odd = uri('odd.results.jsonl');
  open(odd, text(odd));
  const found = await diagnostics(odd, (all) => all.length >= 3);
  assert.deepEqual(
    found.map(({ range, code }) => [range.start.line, code]),
    [
      [1, 'invalid-json'],
      [2, 'missing-field'],
      [3, 'wrong-type'],
    ],
  );
  assert.deepEqual(
    published.filter((each) => each.uri === results),
    [],
  );
});
