import assert from 'node:assert/strict';
import { test } from 'node:test';
import { endsSentence, expirySentence, isTold } from '../../client/src/text/notify';
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

test('a sandbox that was left is no news', () => {
  assert.equal(isTold({ ...lost, sandbox: true }, 'all'), false);
  assert.equal(isTold({ ...well, sandbox: true }, 'all'), true);
});

test('what ended is told together', () => {
  assert.equal(endsSentence([failed]), 'tickets: 39,688 answered, 312 failed · $14.20, estimated $10.10');
  const other = { ...well, source: '/batches/mails.jsonl' };
  const both =
    '2 batches ended. tickets: 39,688 answered, 312 failed · $14.20, estimated $10.10; mails: 39,688 answered';
  assert.ok(endsSentence([failed, other]).startsWith(both));
  assert.match(endsSentence([failed, other, other, other, other]), /^5 batches ended\. .*; and 2 more$/);
});

test('a warning names what will be gone, and when', () => {
  const ended = exampleRun({ state: 'ended' });
  assert.equal(
    expirySentence([ended]),
    'The results of tickets are not on this disk, and are kept until 2026-12-19 21:04 UTC only.',
  );
  assert.match(
    expirySentence([ended, ended, ended, ended]),
    /^The results of tickets, tickets, tickets and 1 more are/,
  );
});
