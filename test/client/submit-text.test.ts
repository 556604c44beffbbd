import assert from 'node:assert/strict';
import { test } from 'node:test';
import { NO_ESTIMATE } from '../../batch/cost/totals';
import {
  type Confirmation,
  confirmation,
  nothingToSubmit,
  problemsQuestion,
  refusedNames,
  settingsQuestion,
  submitButton,
} from '../../client/src/text/submit';
import { parseSettings } from '../../files/settings-file';
import { exampleCheck, exampleRun } from './examples';

const facts: Confirmation = {
  source: '/batches/tickets.jsonl',
  check: exampleCheck(),
  destination: {
    baseUrl: 'https://api.anthropic.com',
    sandbox: false,
    key: { name: 'team', tail: 'x4f2' },
    from: 'stored',
  },
  resultsPath: '/batches/tickets.20261120T2104Z.results.jsonl',
  ignoredByGit: false,
  leftOut: [],
  earlier: null,
  several: false,
};

test('what is asked before anything is sent', () => {
  const { message, detail, buttons } = confirmation(facts);
  assert.equal(message, 'Submit 40,000 requests?');
  assert.deepEqual(detail.split('\n'), [
    'tickets.jsonl · 61 MB · claude-haiku-4-5',
    'Input ≈ $9.60 ($9.00–$10.20) · output ≈ $0.50 expected, up to $102.40',
    'api.anthropic.com · key "team" …x4f2 (stored) · API version 2026-10-21 · no betas',
    'Results: tickets.20261120T2104Z.results.jsonl (not ignored by Git)',
  ]);
  assert.deepEqual(buttons, ['Submit 40,000 Requests', 'Show Cost Breakdown']);
});

test('nothing of the sandbox can be taken for the real thing', () => {
  const destination = {
    baseUrl: 'http://127.0.0.1:4100',
    sandbox: true,
    key: { name: 'sandbox', tail: '' },
    from: 'stored',
  } as const;
  const { message, detail, buttons } = confirmation({ ...facts, destination });
  assert.equal(message, 'Submit 40,000 requests to the sandbox?');
  assert.match(detail, /^Would cost: input/m);
  assert.match(detail, /^The sandbox at 127\.0\.0\.1:4100 · API version/m);
  assert.equal(buttons[0], 'Submit to the Sandbox');
});

test('what was sent before is said, and the button says it too', () => {
  const again = { ...facts, earlier: exampleRun() };
  assert.equal(confirmation(again).message, 'Submit 40,000 requests again?');
  assert.match(confirmation(again).detail, /The same requests were sent at .* billed again/);
  assert.equal(submitButton(again), 'Submit 40,000 Requests Again');
});

test('several models, betas, unknown prices, requests left out, and no Git', () => {
  const models = ['a', 'b', 'c', 'd', 'e'].map((model) => ({
    model,
    requests: 8000,
    estimate: NO_ESTIMATE,
    maxTokens: 64,
  }));
  const check = exampleCheck({ models, requests: 1, judgedBy: { ...facts.check.judgedBy, betas: ['x-2026'] } });
  const estimate = { ...check.estimate, unpricedRequests: 1 };
  const leftOut = Array.from({ length: 10 }, (_, i) => `t${i}`);
  const { message, detail, buttons } = confirmation({
    ...facts,
    check: { ...check, estimate },
    ignoredByGit: null,
    leftOut,
  });
  assert.equal(message, 'Submit 1 request?');
  assert.equal(buttons[0], 'Submit 1 Request');
  assert.match(detail, /a \(8,000\), b \(8,000\), c \(8,000\) and 2 more/);
  assert.match(detail, /without 1 request of unknown price/);
  assert.match(detail, /betas x-2026/);
  assert.match(detail, /Results: tickets\.20261120T2104Z\.results\.jsonl$/m);
  assert.match(detail, /Left out: t0, t1, t2, t3, t4, t5, t6, t7 and 2 more/);
});

test('with errors the problems come first, and sending them anyway only where the batch would be taken', () => {
  const counts = { error: 3, warning: 0, information: 0, hint: 0 };
  const check = exampleCheck({ counts, refusedLines: [1, 2, 6] });
  const asked = problemsQuestion(check, ['a', 'b', 'line 7']);
  assert.equal(asked.message, '3 requests of 40,000 have errors.');
  assert.match(asked.detail, /a, b, line 7/);
  assert.deepEqual(asked.buttons, ['Show Problems', 'Submit 39,997 Without These', 'Submit Anyway…']);
  assert.deepEqual(problemsQuestion({ ...check, refusedAtCreate: true }, []).buttons, [
    'Show Problems',
    'Submit 39,997 Without These',
  ]);
});

test('a file of which nothing would be left is not offered without its errors', () => {
  const counts = { error: 1, warning: 0, information: 0, hint: 0 };
  const buttons = (refusedLines: number[]) =>
    problemsQuestion(exampleCheck({ counts, refusedLines, requests: 1, refusedAtCreate: true }), []).buttons;
  assert.deepEqual(buttons([0]), ['Show Problems']);
  assert.deepEqual(buttons([]), ['Show Problems']);
});

test('lines are named by their id where the problems tell it', () => {
  const finding = { rule: 'r', severity: 'error', message: 'm', place: { at: 'value', path: [] }, fixes: [] } as const;
  const problem = { line: 4, start: 0, end: 1, finding, customId: 'a', related: [] };
  assert.deepEqual(refusedNames(exampleCheck({ refusedLines: [4, 9], problems: [problem] })), ['a', 'line 10']);
});

test('there is nothing to submit in results, in other files and in empty ones', () => {
  assert.match(nothingToSubmit('x', exampleCheck({ kind: 'results' })) ?? '', /holds results/);
  assert.match(nothingToSubmit('x', exampleCheck({ kind: 'none' })) ?? '', /no batch file/);
  assert.match(nothingToSubmit('x', exampleCheck({ requests: 0 })) ?? '', /no requests yet/);
  assert.equal(nothingToSubmit('x', exampleCheck()), undefined);
});

test('where a file as a whole is wrong, that is said', () => {
  const message = 'This file is a binary file; a batch file is UTF-8 text.';
  const place = { at: 'text', start: 0, end: 1 } as const;
  const finding = { rule: 'invalid-utf8', severity: 'error', message, place, fixes: [] } as const;
  const problems = [{ line: 0, start: 0, end: 1, finding, customId: null, related: [] }];
  assert.equal(nothingToSubmit('x', exampleCheck({ requests: 0, problems })), `x: ${message}`);
});

test('settings that are not understood are told with their lines, and how to mend them', () => {
  const text = '{\n  "maxcost": 5\n}';
  const { message, detail, buttons } = settingsQuestion('/w/message-batches.json', parseSettings(text).faults);
  assert.equal(message, 'Mend message-batches.json first: a part of it is not understood.');
  assert.match(
    detail,
    /^\/w\/message-batches\.json\nmessage-batches\.json, line 2: "maxcost" is no setting; .*\nNothing was sent\.$/,
  );
  assert.deepEqual(buttons, ['Open message-batches.json']);
});

test('the question says that a file becomes several batches', () => {
  const said = 'It goes over as several batches of one run.';
  assert.ok(!confirmation(facts).detail.includes(said));
  assert.ok(
    confirmation({ ...facts, several: true })
      .detail.split('\n')
      .includes(said),
  );
});
