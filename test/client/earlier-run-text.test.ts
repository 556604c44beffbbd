import assert from 'node:assert/strict';
import { test } from 'node:test';
import { earlierQuestion } from '../../client/src/text/earlier-run';
import type { RunState } from '../../runs/run';
import { type Standing, standingPhrase } from '../../runs/standing';
import { exampleRun } from './examples';

const standing = (kind: Exclude<Standing['kind'], 'new' | 'changed'>, state: RunState): Standing => ({
  kind,
  run: exampleRun({ state }),
});
const changed = (state: RunState): Standing => ({ kind: 'changed', run: exampleRun({ state }), shared: 39_000 });

const table: readonly [Standing, message: RegExp, buttons: readonly string[]][] = [
  [standing('sending', 'sending'), /Another program is sending tickets\.batch\.jsonl right now/, ['Show Batches']],
  [standing('undecided', 'uncertain'), /It is not known whether .* became a batch/, ['Settle…']],
  [standing('unfinished', 'in_progress'), /were sent at 2026-11-20 21:04 UTC .* that run goes on/, ['Show Batches']],
  [
    standing('unfinished', 'partial'),
    /of 40,000 were sent at .* is to be sent yet/,
    ['Send the Rest', 'Cancel Batch…'],
  ],
  [standing('complete', 'fetched'), /^Already complete: /, ['Open Results', 'Submit Again…']],
  [standing('archived', 'lost'), /cannot be had any more/, ['Submit Again…']],
  [changed('in_progress'), /39,000 of its 40,000 ids are still in the file/, ['Show Batches', 'Cancel Batch…']],
  [changed('ended'), /was changed, and run 20261120T2104Z-4f2a0000/, ['Show Batches']],
  [changed('uncertain'), /was changed/, ['Settle…']],
];
for (const [before, message, buttons] of table) {
  test(`submitted before, ${before.kind}, ${'run' in before && before.run.state}: the terminal's words, and nothing is sent`, () => {
    const asked = earlierQuestion(before);
    assert.equal(asked?.message, standingPhrase(before));
    assert.match(asked?.message ?? '', message);
    assert.match(asked?.detail ?? '', /^Nothing was sent/);
    assert.deepEqual(asked?.buttons, buttons);
  });
}

test('what is new is not asked about, and what is missing is fetched without a question', () => {
  assert.equal(earlierQuestion({ kind: 'new' }), undefined);
  assert.equal(earlierQuestion(standing('missing', 'fetched')), undefined);
});
