import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bundledModels } from '../../batch/cost/models';
import { calibrationMessage, calibrationQuestion } from '../../client/src/text/calibration';
import { countPlan } from '../../runs/calibrate';
import { requestLine } from '../support/contexts';
import { exampleDestination } from './examples';

test('what will be sent is said before, and what of the sample cannot be', () => {
  const samples = [{ model: 'claude-haiku-4-5-20251001', of: 9, lines: [0, 4] }];
  const plan = countPlan(samples, new Map([[0, requestLine('a')]]), bundledModels);
  assert.deepEqual([plan.prompts.length, plan.leftOut], [1, 1]);
  const { message, detail, buttons } = calibrationQuestion('tickets.jsonl', plan, exampleDestination);
  assert.equal(message, 'Send 1 request of tickets.jsonl to have the tokens counted?');
  assert.match(
    detail,
    /^1 request, \d+ bytes: .* it costs nothing\.\napi\.anthropic\.com · key "team" …x4f2 \(stored\)\n1 more request is left out/,
  );
  assert.deepEqual(buttons, ['Count Tokens']);
});

test('what was measured is told with how sure it is, and what the API refused', () => {
  const calibration = {
    text: 1.25,
    media: null,
    below: 0.01,
    above: 0.034,
    error: -0.2,
    requests: 20,
    at: '',
    corrects: '',
  };
  assert.equal(
    calibrationMessage('tickets.jsonl', { calibrations: { haiku: calibration }, refusals: ['It is too long.'] }),
    'tickets.jsonl · haiku: estimated 20 % too low by 20 counted requests; from now on within −1 % and +3.4 %. Not counted: It is too long.',
  );
  assert.equal(calibrationMessage('t', { calibrations: {}, refusals: [] }), 't · Nothing was counted.');
});
