import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { closeLeftSandboxRuns } from '../../client/src/sandbox-runs';
import { openJournal } from '../../runs/journal';
import { startSandbox } from '../../sandbox/server';
import { exampleRun } from './examples';

test('a batch is lost with its sandbox, and only then', async (t) => {
  const folder = await mkdtemp(path.join(tmpdir(), 'sandbox-runs-'));
  t.after(() => rm(folder, { recursive: true }));
  const [here, gone] = [await startSandbox({}), await startSandbox({})];
  t.after(() => here.close());
  await gone.close();
  const journal = await openJournal(folder);
  await journal.put(exampleRun({ id: 'here', sandbox: true, baseUrl: here.url }));
  await journal.put(exampleRun({ id: 'gone', sandbox: true, baseUrl: gone.url }));
  await journal.put(exampleRun({ id: 'real' }));
  await closeLeftSandboxRuns(journal);
  assert.equal((await journal.get('here'))?.state, 'in_progress');
  assert.equal((await journal.get('real'))?.state, 'in_progress');
  const lost = await journal.get('gone');
  assert.equal(lost?.state, 'lost');
  assert.match(lost?.problem?.message ?? '', /sandbox that had this batch was left/);
});
