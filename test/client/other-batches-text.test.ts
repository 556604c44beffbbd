import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  batchIdProblem,
  cancelOtherQuestion,
  deleteOtherQuestion,
  noResultsOf,
  otherRow,
} from '../../client/src/text/other-batches';
import type { BatchSnapshot } from '../../runs/run';

const now = Date.parse('2026-11-20T21:16:01Z');
const running: BatchSnapshot = {
  id: 'msgbatch_01',
  processing_status: 'in_progress',
  request_counts: { processing: 40, succeeded: 0, errored: 0, canceled: 0, expired: 0 },
  created_at: '2026-11-20T21:04:01Z',
  expires_at: '2026-11-21T21:04:01Z',
  archived_at: null,
  ended_at: null,
  cancel_initiated_at: null,
};
const ended: BatchSnapshot = { ...running, processing_status: 'ended', ended_at: '2026-11-20T21:10:00Z' };
const archived: BatchSnapshot = { ...ended, archived_at: '2026-12-19T21:04:01Z' };

test('a row says how many, how it stands, how old, and what can be done', () => {
  const row = otherRow(running, now);
  assert.equal(row.label, '40 requests in progress');
  assert.equal(row.description, '12 min ago · msgbatch_01');
  assert.deepEqual(row.words, ['in_progress']);
  assert.deepEqual(otherRow(ended, now).words, ['ended', 'with-results']);
  assert.match(otherRow(ended, now).tooltip, /kept until 2026-12-19 21:04 UTC/);
  assert.deepEqual(otherRow(archived, now).words, ['ended']);
  assert.equal(otherRow(archived, now).label, '40 requests results archived');
});

test('a batch of others is asked about with time, count and whose it may be', () => {
  for (const { message, detail } of [cancelOtherQuestion(running), deleteOtherQuestion(ended)]) {
    assert.match(message, /the batch of 40 requests\?$/);
    assert.match(detail, /created at 2026-11-20 21:04 UTC .*: it may be a colleague's\./);
  }
  assert.match(cancelOtherQuestion(running).detail, /answered by then are billed/);
  assert.match(deleteOtherQuestion(ended).detail, /for everyone in the API workspace/);
});

test('why there are no results is said', () => {
  assert.equal(noResultsOf(ended), undefined);
  assert.match(noResultsOf(running) ?? '', /is in progress: its results are there when it has ended/);
  assert.match(noResultsOf(archived) ?? '', /were archived at 2026-12-19/);
});

test('what is no id of a batch is not asked for, nor made a path', () => {
  assert.equal(batchIdProblem(' msgbatch_01ABC '), undefined);
  for (const id of ['', 'batch_1', 'msgbatch_', 'msgbatch_a/../../b', 'msgbatch_a b'])
    assert.match(batchIdProblem(id) ?? '', /begins with "msgbatch_"/, id);
});
