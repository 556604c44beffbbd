import assert from 'node:assert/strict';
import { test } from 'node:test';
import { rules } from '../../batch/rules';
import { fuzz } from './fuzz';
import { fuzzLikeLines } from './like-lines';

test('twenty thousand mutated lines are judged, and none of them throws', (t) => {
  const seed = 20261120;
  const { lines, byRule } = fuzz({ seed, lines: 20_000 });
  t.diagnostic(`seed ${seed}, ${lines} lines, ${byRule.size} of ${rules.length} rules reached`);
  assert.equal(lines, 20_000);
  assert.ok(byRule.size > rules.length / 2, 'the lines reach most rules');
});

test('the same seed makes the same lines', () => {
  const [one, two] = [1, 1].map((seed) => fuzz({ seed, lines: 500 }).findings);
  assert.equal(one, two);
});

test('six thousand lines like others are judged by what is known of those as they are by themselves', (t) => {
  const seed = 20261121;
  const { lines, known } = fuzzLikeLines({ seed, lines: 6000 });
  t.diagnostic(`seed ${seed}, ${known} of ${lines} lines were known`);
  assert.ok(known > lines / 10, 'many lines are known');
});
