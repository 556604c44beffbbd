import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import type { Position, TextEdit } from 'vscode-languageserver-protocol/node';
import { hiddenIn } from '../../batch/excerpt/hidden-data';
import { requestText } from '../../batch/excerpt/request-text';
import { HiddenDataOf } from '../../server/src/protocol';
import { temporaryFolder } from '../support/folders';
import { PNG } from '../support/png';
import { startClient, type TestClient } from './client';

const image = `{"type":"image","source":{"type":"base64","media_type":"image/png","data":"${PNG}"}}`;
const line = (params: string): string =>
  `{"custom_id":"a","params":{"model":"claude-haiku-5-5",${params},"messages":[{"role":"user","content":[${image},{"type":"text","text":"Hi"}]}]}}`;

const excerpt = (folder: string, name: string): string => `message-batches:${folder}/tickets.batch.jsonl/${name}`;

/** Opens a request over many lines, as an editor does. */
function openRequest(client: TestClient, uri: string, request: string): string {
  const hidden = hiddenIn(request);
  const text = requestText(request, hidden);
  void client.connection.sendNotification(HiddenDataOf, { uri, hidden });
  client.open(uri, text, 1, 'json');
  return text;
}

function positionOf(text: string, part: string): Position {
  const before = text.slice(0, text.indexOf(part)).split('\n');
  return { line: before.length - 1, character: before.at(-1)!.length };
}

test('a request over many lines is judged where it is written, its hidden data with it', async (context) => {
  const client = await startClient(context);
  const uri = excerpt('/tmp', 'tickets.a.json?line=0');
  const text = openRequest(client, uri, line('"max_token":100'));
  const all = await client.diagnostics(uri, (found) => found.length > 0);
  assert.deepEqual(
    all.map(({ code }) => code),
    ['unknown-field'],
  );
  const [diagnostic] = all;
  const start = positionOf(text, '"max_token"');
  assert.deepEqual(diagnostic?.range, { start, end: { ...start, character: start.character + 11 } });
  const fixes = await client.actions(uri, diagnostic!.range);
  const fix = fixes.find(({ title }) => title === 'Rename to "max_tokens"');
  const change = fix?.edit?.documentChanges?.[0];
  assert.ok(change && 'edits' in change);
  assert.deepEqual((change.edits[0] as TextEdit).range, diagnostic!.range);
});

test('completion and hover work on any of its lines', async (context) => {
  const client = await startClient(context);
  const uri = excerpt('/tmp', 'tickets.a.json?line=0');
  const text = openRequest(client, uri, line('"max_tokens":100'));
  const hover = await client.hover(uri, positionOf(text, 'max_tokens'));
  assert.match(JSON.stringify(hover?.contents), /max_tokens/);
  assert.equal(hover?.range?.start.line, positionOf(text, 'max_tokens').line);
  const place = positionOf(text, '"messages"');
  client.change(uri, 2, { range: { start: place, end: place }, text: '"ser' });
  const items = await client.complete(uri, { ...place, character: place.character + 4 });
  const edit = items.find(({ label }) => label === 'service_tier')?.textEdit as TextEdit | undefined;
  assert.deepEqual(edit?.range.start, place);
});

test('it is judged again when a line break is put in, and when its data change', async (context) => {
  const client = await startClient(context);
  const uri = excerpt('/tmp', 'tickets.a.json?line=0');
  openRequest(client, uri, line('"max_tokens":"x"'));
  const [before] = await client.diagnostics(uri, (all) => all.length > 0);
  client.change(uri, 2, { range: { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } }, text: '\n\n' });
  const moved = (lines: number) => client.diagnostics(uri, ([first]) => first?.range.start.line === lines);
  await moved(before!.range.start.line + 2);
  const hidden = hiddenIn(line('"max_tokens":1')).map((data) => ({ ...data, token: '"no base64"' }));
  void client.connection.sendNotification(HiddenDataOf, { uri, hidden });
  const all = await client.diagnostics(uri, (found) => found.length > 1);
  assert.deepEqual(all.map(({ code }) => code).sort(), ['image-data', 'wrong-type']);
});

test('an excerpt is judged by the settings of its file', async (context) => {
  const folder = folderWith(context, { apiVersion: '2023-06-01' });
  const client = await startClient(context);
  const uri = excerpt(folder, 'tickets.1-2.batch.jsonl?from=0');
  const params =
    '"model":"claude-haiku-4-5","max_tokens":1,"temperature":0.5,"messages":[{"role":"user","content":"Hi"}]';
  client.open(uri, `{"custom_id":"a","params":{${params}}}\nnot a request\n`);
  const found = await client.diagnostics(uri, (all) => all.length > 0);
  assert.deepEqual(
    found.map(({ code }) => code),
    ['invalid-json'],
  );
  assert.deepEqual(await client.lenses(uri), []);
  const summary = await client.summary(uri);
  assert.equal(summary?.judgedBy.settings, join(folder, 'message-batches.json'));
});

function folderWith(context: TestContext, settings: object): string {
  const folder = temporaryFolder(context);
  writeFileSync(join(folder, 'message-batches.json'), JSON.stringify(settings));
  return folder;
}
