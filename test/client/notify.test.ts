import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isTold } from '../../client/src/text/notify';
import { exampleOutcome, exampleRun } from './examples';

const well = exampleRun({ state: 'fetched', outcome: { ...exampleOutcome, errored: 0 } });
const failed = exampleRun({ state: 'fetched', outcome: exampleOutcome });
const lost = exampleRun({ state: 'lost' });

test('which ends are told is the setting', () => {
  const told = (notify: 'all' | 'failures' | 'none') => [well, failed, lost].map((run) => isTold(run, notify));
  assert.deepEqual(told('all'), [true, true, true]);
  assert.deepEqual(told('failures'), [false, true, true]);
  assert.deepEqual(told('none'), [false, false, false]);
});
