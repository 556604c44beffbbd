import assert from 'node:assert/strict';
import { test } from 'node:test';
import { plainMarkdown, plainNotice } from '../../client/src/text/plain';
import { runRow } from '../../client/src/text/run-status';
import { exampleRun } from './examples';

test('a notification holds no link to a command, whatever a file is called', () => {
  assert.equal(plainNotice('[Open](command:quit) was changed.'), '[Open] (command:quit) was changed.');
  assert.equal(plainNotice('tickets: 40 answered, 1 failed'), 'tickets: 40 answered, 1 failed');
});

test('nothing that others wrote becomes Markdown', () => {
  assert.equal(plainMarkdown('![x](https://e.test/p.png)'), '\\!\\[x\\]\\(https://e.test/p.png\\)');
  const hostile = '[x](command:quit) ![y](https://e.test/p.png) <b>';
  const run = exampleRun({
    source: `/b/${hostile.replaceAll('/', '')}.jsonl`,
    account: { organization: '` [x](command:quit)', workspace: null },
    problem: { message: hostile, requestId: null },
    reach: { kind: 'auth', message: hostile, since: '2026-11-20T21:05:00.000Z' },
  });
  const { tooltip } = runRow(run, Date.parse(run.startedAt), hostile);
  assert.doesNotMatch(tooltip, /(?<!\\)\]\(/);
  assert.doesNotMatch(tooltip, /(?<!\\)</);
  assert.doesNotMatch(tooltip, /organization `[^`]*`[^,\n]*\[x\]\(/);
});
