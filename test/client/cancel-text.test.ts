import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cancelQuestion, nothingToCancel } from '../../client/src/text/cancel';
import { exampleRun } from './examples';

test('the question before a batch is canceled says what is billed, and in the sandbox that nothing is', () => {
  const { question, detail } = cancelQuestion(exampleRun());
  assert.equal(question, 'Cancel the batch of 40,000 requests from tickets.batch.jsonl?');
  assert.match(detail, /are billed/);
  assert.match(cancelQuestion(exampleRun({ sandbox: true })).detail, /^Nothing is billed in the sandbox\./);
});

test('a batch that ended during the question has nothing to cancel', () => {
  const said = nothingToCancel(exampleRun({ state: 'fetched' }));
  assert.equal(said, 'There is nothing to cancel any more: tickets, results on disk.');
});
