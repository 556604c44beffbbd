import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  deleteQuestion,
  forgetQuestion,
  isDeletable,
  isForgettable,
  mayHaveResults,
  noTrashQuestion,
  trashQuestion,
} from '../../client/src/text/removal';
import { exampleRun } from './examples';

const running = exampleRun();
const ended = exampleRun({ state: 'ended', batch: running.batch && { ...running.batch, processing_status: 'ended' } });
const fetched = { ...ended, state: 'fetched' } as const;

test('only an ended batch is deleted, and a run that is just being sent is not forgotten', () => {
  assert.deepEqual([running, ended, fetched].map(isDeletable), [false, true, true]);
  assert.deepEqual([running, ended, fetched].map(isForgettable), [true, true, true]);
  assert.equal(isForgettable({ ...running, state: 'sending' }), false);
  assert.deepEqual([running, ended, fetched].map(mayHaveResults), [false, true, true]);
});

test('each question says what goes and what stays', () => {
  assert.match(forgetQuestion(fetched).detail, /The batch and its results stay/);
  assert.match(forgetQuestion(running).detail, /The batch goes on, is billed, .* bought a second time/);
  assert.match(deleteQuestion(fetched).detail, /for everyone in the API workspace.* The results on this disk stay/);
  assert.match(deleteQuestion(ended).detail, /they are lost/);
  assert.match(noTrashQuestion(fetched).message, /for good\?$/);
  assert.match(trashQuestion(fetched).message, /^Move tickets\.20261120T2104Z\.results\.jsonl to the trash\?$/);
});
