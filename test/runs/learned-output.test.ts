import assert from 'node:assert/strict';
import path from 'node:path';
import { test } from 'node:test';
import { expectedOutput } from '../../batch/cost/expected-output';
import { learnedOutputFrom, learnedOutputIn } from '../../runs/learned-output';
import { exampleOutcome, exampleRun } from '../client/examples';
import { MODELS, newFolder } from './setup';

const run = (source: string, model: string, rows: number, outputTokens: number, sandbox = false) => {
  const answers = { model, rows, inputTokens: 1, cacheReadTokens: 0, cacheWriteTokens: 0, outputTokens };
  const outcome = { ...exampleOutcome, answers: [{ ...answers, mostOutputTokens: rows, p99OutputTokens: 1 }] };
  return exampleRun({ id: source + model + rows, source, sandbox, state: 'fetched', outcome });
};
const runs = [
  run('/a.jsonl', 'claude-haiku-4-5-20251001', 100, 1000),
  run('/a.jsonl', 'claude-haiku-4-5', 100, 3000),
  run('/b.jsonl', 'claude-haiku-4-5', 200, 20_000),
  run('/a.jsonl', 'claude-haiku-4-5', 9, 9000, true),
];

test('answers of the same file count before those of the model, under whatever name it goes', () => {
  const learned = learnedOutputFrom(runs, { sandbox: false });
  const of = (file: string) => MODELS.expecting({ output: expectedOutput(learned, file, MODELS, null), input: {} });
  assert.deepEqual(of('/a.jsonl').seenOutput('claude-haiku-4-5'), { rows: 200, tokens: 4000, most: 100, p99: 1 });
  assert.equal(of('/a.jsonl').usualOutput('claude-haiku-4-5-20251001'), 20);
  assert.equal(of('/new.jsonl').usualOutput('claude-haiku-4-5'), 60);
  assert.equal(of('/a.jsonl').usualOutput('claude-opus-4-8'), undefined);
});

test('what a sandbox made up says nothing of the real thing', () => {
  const learned = learnedOutputFrom(runs, { sandbox: true });
  assert.deepEqual(Object.keys(learned.files), ['/a.jsonl']);
  assert.equal(learned.models['claude-haiku-4-5']?.rows, 9);
});

test('where there is no journal nothing was learned, and none is made', async (t) => {
  const none = path.join(await newFolder(t), 'none');
  assert.deepEqual(await learnedOutputIn(none, { sandbox: false }), { files: {}, models: {} });
});
