import assert from 'node:assert/strict';
import { test } from 'node:test';
import { estimateOf, estimateParts } from '../../batch/cost/estimate';
import { bundledModels } from '../../batch/cost/models';
import { addEstimate, newTotals } from '../../batch/cost/totals';
import { type Outcome, type Trial, trialAnswer, trialQuestion, wholeFilePhrase } from '../../client/src/text/trial';
import { exampleCheck, exampleDestination } from './examples';

const params = { model: 'claude-haiku-4-5', max_tokens: 1000, messages: [{ role: 'user', content: 'Hello.' }] };
const estimate = estimateOf(estimateParts(params, bundledModels), bundledModels);
const text = JSON.stringify({ custom_id: 'ticket-7', params });
const trial: Trial = { customId: 'ticket-7', line: 11, text, params: Buffer.from(JSON.stringify(params)), estimate };
test('what it costs at standard price, where it goes and with which key is asked first', () => {
  const { judgedBy } = exampleCheck();
  const { message, detail, buttons } = trialQuestion([trial], exampleDestination, judgedBy);
  assert.equal(message, 'Send 1 request now, at standard price?');
  const [which, cost, where] = detail.split('\n');
  assert.equal(which, '"ticket-7" (line 12)');
  assert.match(cost ?? '', /^Cost: ≈ \$[\d.]+ expected, up to \$[\d.]+; in a batch ≈ \$[\d.]+$/);
  assert.equal(where, 'api.anthropic.com · key "team" …x4f2 (stored) · API version 2026-10-21 · no betas');
  assert.deepEqual(buttons, ['Send 1 Request']);

  const toSandbox = trialQuestion([trial, trial], { ...exampleDestination, sandbox: true }, judgedBy);
  assert.equal(toSandbox.message, 'Send 2 requests to the sandbox?');
  assert.match(toSandbox.detail, /Would cost: /);
  const unpriced = { ...trial, estimate: { ...estimate, usd: null, standardUsd: null } };
  assert.match(trialQuestion([unpriced], exampleDestination, judgedBy).detail, /No price is known/);
});

const message = {
  model: 'claude-haiku-4-5',
  stop_reason: 'max_tokens',
  content: [{ type: 'text', text: 'Hi' }],
  usage: { input_tokens: 1_000_000, output_tokens: 0 },
};
const answered: Outcome = { trial, message };
const price = bundledModels.find('claude-haiku-4-5')?.price_usd_per_mtok?.input ?? 0;

test('an answer has its stop reason, its tokens and what it cost alone and would cost in a batch', () => {
  const { customId, place, outcome, facts, text: said } = trialAnswer(answered, bundledModels, false);
  assert.equal(said, 'Hi');
  assert.deepEqual([customId, place, outcome], ['ticket-7', 'line 12', 'suspicious']);
  const values = Object.fromEntries(facts.map(({ label, value }) => [label, value]));
  assert.equal(values['Stop reason'], 'max_tokens');
  assert.equal(values.Tokens, '1,000,000 in, 0 out');
  assert.equal(values.Cost, `$${price.toFixed(2)}`);
  assert.equal(values['In a batch'], `$${(price * bundledModels.batchFactor).toFixed(2)}`);
});

const refused: Outcome = {
  trial,
  fault: { type: 'invalid_request_error', message: 'messages.0: why' },
  requestId: 'req_1',
};

test('a refusal has the words of the API and the request id', () => {
  const { outcome, notice, facts } = trialAnswer(refused, bundledModels, false);
  assert.deepEqual([outcome, notice], ['failed', 'messages.0: why']);
  assert.deepEqual(facts, [
    { label: 'Error', value: 'invalid_request_error' },
    { label: 'Request ID', value: 'req_1' },
  ]);
});

test('what the whole file would cost is scaled from its estimate, or not said', () => {
  const file = newTotals();
  for (let requests = 0; requests < 100; requests++) addEstimate(file, estimate);
  const whole = (100 * price * bundledModels.batchFactor).toFixed(2);
  assert.match(
    wholeFilePhrase([answered, refused], file, bundledModels),
    new RegExp(`^By this, all 100 requests of the file cost ≈ \\$${whole.replace('.', '\\.')} in a batch; estimated`),
  );
  assert.equal(wholeFilePhrase([refused], file, bundledModels), '');
  assert.equal(wholeFilePhrase([answered], undefined, bundledModels), '');
});
