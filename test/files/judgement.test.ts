import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { judgementFor } from '../../files/judgement';
import { parseSettings, readSettings } from '../../files/settings-file';
import { temporaryFolder } from '../support/folders';

const now = Date.UTC(2026, 10, 20);

test('the nearest settings upwards count', async (t) => {
  const folder = temporaryFolder(t);
  mkdirSync(join(folder, 'a/b'), { recursive: true });
  writeFileSync(join(folder, 'message-batches.json'), '{"apiVersion":"2023-06-01"}');
  writeFileSync(join(folder, 'a/message-batches.json'), '{"betas":["x"], /* why */ "resultsFolder":"out",}');
  const file = join(folder, 'a/b/c.jsonl');
  const { context, judgedBy, resultsFolder } = judgementFor(file, await readSettings(file), { now });
  assert.deepEqual(
    [context.apiVersion, context.betas, judgedBy.settings],
    ['2026-10-21', ['x'], join(folder, 'a/message-batches.json')],
  );
  assert.equal(resultsFolder, join(folder, 'a/out'));
});

test('a flag goes before the file, the file before the editor, the editor before the default', () => {
  const { settings } = parseSettings('{"betas":["file"]}');
  const read = { path: '/w/message-batches.json', settings, faults: [] };
  const judged = judgementFor('/w/a.jsonl', read, {
    flags: { apiVersion: '2023-06-01' },
    editor: { betas: ['editor'], apiVersion: '2026-10-21' },
    now,
  });
  assert.deepEqual([judged.context.apiVersion, judged.context.betas], ['2023-06-01', ['file']]);
});

test('overrides hold for the files they name', () => {
  const { settings } = parseSettings(
    '{"rules":{"unknown-field":"warning"},"overrides":[{"files":["legacy/*.jsonl"],"rules":{"unknown-field":"off"}}]}',
  );
  const severities = (file: string) =>
    judgementFor(file, { path: '/w/message-batches.json', settings, faults: [] }, { now }).context.severities;
  assert.deepEqual(severities('/w/new.jsonl'), { 'unknown-field': 'warning' });
  assert.deepEqual(severities('/w/legacy/a.jsonl'), { 'unknown-field': 'off' });
});

test('the hash tells contexts apart, but not by the clock', () => {
  const none = { path: null, settings: parseSettings('{}').settings, faults: [] };
  const hash = (apiVersion: string, at: number) =>
    judgementFor('/a', none, { flags: { apiVersion }, now: at }).judgedBy.hash;
  assert.equal(hash('2023-06-01', 1), hash('2023-06-01', 2));
  assert.notEqual(hash('2023-06-01', 1), hash('2026-10-21', 1));
});

test('what is not understood is told and does not count', () => {
  const text =
    '{"apiVersion":"2020","rules":{"nonsense":"error","unknown-field":"loud"},"resultsFolder":"../x","baseUrl":"http://x","maxCost":5}';
  const { settings, faults } = parseSettings(text);
  assert.deepEqual(settings, { rules: {}, overrides: [], models: {}, maxCost: 5 });
  assert.deepEqual(
    faults.map(({ start, end }) => text.slice(start, end)),
    ['"2020"', '"error"', '"loud"', '"../x"', '"http://x"'],
  );
  const wrongField = '{"models":{"mine":{"inputPerMTok":1}}}';
  assert.match(parseSettings(wrongField).faults[0]?.message ?? '', /"inputPerMTok" is no field of a model/);
  const messages = (text: string) => parseSettings(text).faults.map(({ message }) => message);
  assert.deepEqual(messages('{"betas":["x"'), ['The settings are no valid JSON: close bracket expected.']);
  for (const other of ['[]', 'null', '7']) assert.match(messages(other).join(), /^The settings are an object/);
  assert.deepEqual(messages('{}'), []);
  for (const broken of ['', '[', 'null', '{"rules":[]}', '{"overrides":[{}]}', '{"models":1}'])
    assert.doesNotThrow(() => parseSettings(broken));
});
