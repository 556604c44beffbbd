import assert from 'node:assert/strict';
import { test } from 'node:test';
import { runRow, runStatus, runTrouble } from '../../client/src/text/run-status';
import { countsPhrase, elapsed, endSentence } from '../../runs/run-words';
import { exampleOutcome, exampleRun } from './examples';

const now = Date.parse('2026-11-20T21:16:00.000Z');
const fetched = exampleRun({ state: 'fetched', outcome: exampleOutcome });

test('the notification at the end', () => {
  assert.equal(endSentence(fetched), 'tickets: 39,688 answered, 312 failed · $14.20, estimated $10.10');
  assert.equal(
    endSentence({ ...fetched, sandbox: true, outcome: { ...exampleOutcome, errored: 0, usd: 0.5 } }),
    'tickets · sandbox: 39,688 answered · would cost $0.50, estimated $10.10',
  );
  assert.equal(
    endSentence({ ...fetched, outcome: { ...exampleOutcome, usd: null, missing: ['a'] } }),
    'tickets: 39,688 answered, 312 failed, 1 missing',
  );
  const problem = { message: 'The results are gone.', requestId: null };
  assert.equal(endSentence(exampleRun({ state: 'lost', problem })), 'tickets: The results are gone.');
});

test('the status bar says one run by name and several by number', () => {
  const run = exampleRun();
  assert.equal(runStatus([], now), undefined);
  assert.equal(runStatus([run], now)?.text, '$(sync~spin) tickets: 40,000 requests in progress · 12 min');
  assert.equal(
    runStatus([run, exampleRun({ startedAt: '2026-11-20T18:11:00.000Z' })], now)?.text,
    '$(sync~spin) 2 batches · 3 h 5 min',
  );
  assert.match(runStatus([run], now)?.tooltip ?? '', /api\.anthropic\.com with key "team" …x4f2/);
});

test('a count is progress only once the API has counted something', () => {
  const run = exampleRun();
  assert.equal(countsPhrase(run), '40,000 requests in progress');
  const request_counts = { processing: 38_800, succeeded: 1200, errored: 0, canceled: 0, expired: 0 };
  assert.equal(
    countsPhrase({ ...run, batch: run.batch && { ...run.batch, request_counts } }),
    '1,200 of 40,000 requests',
  );
});

test('a row looks like what it is', () => {
  assert.equal(runRow(exampleRun(), now).icon, 'sync~spin');
  assert.equal(runRow(fetched, now).icon, 'warning');
  assert.equal(runRow({ ...fetched, outcome: { ...exampleOutcome, errored: 0 } }, now).icon, 'pass');
  assert.equal(runRow(exampleRun(), now, 'There is no API key.').icon, 'debug-disconnect');
  assert.equal(runRow(exampleRun(), now).description, '40,000 requests in progress · 12 min ago');
  assert.match(runRow(exampleRun({ sandbox: true }), now).spoken, /^tickets · sandbox, in progress/);
});

test('a run that nobody watches says why, and its deadlines', () => {
  const message = 'Paused: needs the key "team" …x4f2 for api.anthropic.com.';
  const run = exampleRun({ reach: { kind: 'auth', message, since: '2026-11-20T21:05:00.000Z' } });
  const watched = { isTrusted: true, fetches: true };
  assert.equal(runTrouble(run, watched), message);
  assert.match(runTrouble(run, { ...watched, isTrusted: false }) ?? '', /^Not watched from here/);
  assert.equal(runTrouble(exampleRun(), watched), undefined);
  assert.equal(runTrouble(exampleRun({ state: 'ended' }), watched), undefined);
  assert.match(runTrouble(exampleRun({ state: 'ended' }), { ...watched, fetches: false }) ?? '', /Fetch Results/);
  const row = runRow(run, now, message);
  assert.equal(
    row.description,
    'paused: needs the key "team" …x4f2 for api.anthropic.com · 40,000 requests in progress · 12 min ago',
  );
  assert.match(row.tooltip, /The batch goes on all the same\. It is answered until .* kept until 2026-12-19/);
});

test('a row says in whose account it is', () => {
  const account = { organization: 'org-1', workspace: 'wrkspc-2' };
  assert.match(runRow(exampleRun({ account }), now).tooltip, /In organization org-1, workspace wrkspc-2/);
});

const spans: readonly [ms: number, said: string][] = [
  [0, '0 s'],
  [59_999, '59 s'],
  [60_000, '1 min'],
  [3_600_000, '1 h'],
  [11_100_000, '3 h 5 min'],
  [518_400_000, '6 days'],
];
for (const [ms, said] of spans) test(`${ms} ms are ${said}`, () => assert.equal(elapsed(ms), said));
