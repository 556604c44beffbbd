import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { LineFacts } from '../../../batch/analysis';
import { type Calibration, type Counted, calibrationOf, isUsable } from '../../../batch/cost/calibration';
import { countBody } from '../../../batch/cost/count-body';
import { Sampling } from '../../../batch/cost/count-sample';
import { bundledModels } from '../../../batch/cost/models';
import { estimateInputTokens, inputParts, inputTokens } from '../../../batch/cost/tokens';
import type { JsonObject } from '../../../batch/json';

const MODEL = bundledModels.find('claude-haiku-4-5');
const AT = '2026-11-21T12:00:00.000Z';

test('what was counted corrects the estimate, and is as sure as single requests are alike', () => {
  const texts = [40, 80, 120, 160].map((times) => 'Where is my order? '.repeat(times));
  const counted = texts.map((text, i) => countedAt(asking(text), 1.2 + (i % 2 ? 0.02 : -0.02)));
  const calibration = made(counted, 4);
  assert.ok(Math.abs(calibration.text - 1.2) < 0.02 && calibration.media === null);
  assert.ok(Math.abs(calibration.error + 1 / 6) < 0.02);
  assert.ok(calibration.below < 0.03 && calibration.above < 0.03);
  for (const { input, tokens } of counted) {
    const { low, expected, high } = inputTokens({ ...input, calibration });
    assert.ok(low <= tokens && tokens <= high && high / low < 1.08);
    assert.ok(Math.abs(expected / tokens - 1) < 0.03);
  }
});

test('few that stand for many leave more room', () => {
  const counted = [1, 1.1].map((factor) => countedAt(asking('word '.repeat(200)), factor));
  assert.ok(made(counted, 1000).above > 2 * made(counted, 2).above);
});

test('documents are corrected by themselves; a picture of known size is exact', () => {
  const document = {
    type: 'document',
    source: { type: 'base64', media_type: 'application/pdf', data: 'JVBERi0xLjQ=' },
  };
  const params = { messages: [{ role: 'user', content: [document, { type: 'text', text: 'Sum this up.' }] }] };
  const { input } = countedAt(params, 1);
  const tokens = Math.round(2 * input.media.expected);
  const calibration = made([{ input, tokens }, countedAt(asking('a b c '.repeat(100)), 1)], 2);
  assert.ok(Math.abs(calibration.text - 1) < 0.02);
  assert.ok(Math.abs((calibration.media ?? 0) - 2) < 0.1);
  const { low, high } = inputTokens({ ...input, calibration });
  assert.ok(low <= tokens && tokens <= high && high / low < 1.2);
});

test('a calibration of other coefficients, or a broken one, does not count', () => {
  const calibration = made([countedAt(asking('a b c'), 1)], 1);
  assert.equal(isUsable(calibration), true);
  assert.equal(isUsable({ ...calibration, corrects: '2020-01-01' }), false);
  assert.equal(isUsable({ ...calibration, text: Number.NaN }), false);
  assert.equal(calibrationOf([], 10, AT), undefined);
});

test('only the prompt is sent to be counted, and only what can be', () => {
  const params = {
    model: 'm',
    max_tokens: 5,
    temperature: 1,
    stop_sequences: [],
    metadata: {},
    system: 's',
    messages: [],
  };
  assert.deepEqual(countBody(params), { model: 'm', system: 's', messages: [] });
  const far = { type: 'image', source: { type: 'url', url: 'https://example.com/a.png' } };
  assert.equal(countBody({ messages: [{ role: 'user', content: [far] }] }), null);
  const result = { type: 'tool_result', tool_use_id: 'a', content: [far] };
  assert.equal(countBody({ messages: [{ role: 'user', content: [result] }] }), null);
});

test('a sample has of each kind and size what the file has of it', () => {
  const sampling = new Sampling();
  for (let line = 0; line < 1000; line++)
    sampling.add(line, line % 10 === 0 ? 'b' : 'a', factsOf({ tools: line % 4 === 0 ? 300 : 0, tokens: 100 + line }));
  const [a, b, ...more] = sampling.choose();
  assert.deepEqual(more, []);
  assert.deepEqual([a?.model, a?.of, a?.lines.length, b?.model, b?.of, b?.lines.length], ['a', 900, 20, 'b', 100, 20]);
  const withTools = a?.lines.filter((line) => line % 4 === 0).length ?? 0;
  assert.ok(withTools >= 4 && withTools <= 5, `${withTools} of 20 for 200 of 900`);
  const middle = (a?.lines.reduce((sum, line) => sum + line, 0) ?? 0) / 20;
  assert.ok(Math.abs(middle - 500) < 40);
});

test('a small file is counted whole, and many models share what is counted', () => {
  const few = new Sampling();
  for (const line of [3, 5]) few.add(line, 'a', factsOf({ tokens: 1 }));
  assert.deepEqual(few.choose(), [{ model: 'a', of: 2, lines: [3, 5] }]);
  const many = new Sampling();
  for (let line = 0; line < 3000; line++) many.add(line, `m${line % 30}`, factsOf({ tokens: line }));
  const lines = many.choose().flatMap((it) => it.lines);
  assert.equal(lines.length, 60);
});

function asking(content: string): JsonObject {
  return { messages: [{ role: 'user', content }] };
}

function countedAt(params: JsonObject, factor: number): Counted {
  return { input: inputParts(params, MODEL), tokens: Math.round(estimateInputTokens(params, MODEL).expected * factor) };
}

function made(counted: readonly Counted[], of: number): Calibration {
  const calibration = calibrationOf(counted, of, AT);
  assert.ok(calibration);
  return calibration;
}

function factsOf({ tools = 0, tokens }: { tools?: number; tokens: number }): LineFacts {
  const range = { low: tokens, expected: tokens, high: tokens };
  const inputParts = { system: 0, tools, messages: tokens - tools, media: 0 };
  const estimate = { inputTokens: range, outputTokens: range, inputParts, usd: null, standardUsd: null };
  return { customId: undefined, model: undefined, estimate, prefixes: undefined };
}
