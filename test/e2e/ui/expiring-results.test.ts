import assert from 'node:assert/strict';
import path from 'node:path';
import { test } from 'node:test';
import { openJournal } from '../../../runs/journal';
import { exampleRun } from '../../client/examples';
import { readStage } from '../support/stage';
import { openWorkbench, type Workbench } from '../support/workbench';

const stage = readStage();
const DAY = 24 * 60 * 60_000;

test('results that will soon be gone and are not on this disk are warned of, once', async () => {
  const journal = await openJournal(stage.state);
  const created_at = new Date(Date.now() - 26 * DAY).toISOString();
  const { batch } = exampleRun();
  assert.ok(batch);
  const run = exampleRun({
    id: '20261101T0000Z-expiring',
    source: path.join(stage.samples, 'expiring.batch.jsonl'),
    resultsPath: path.join(stage.samples, 'expiring.20261101T0000Z.results.jsonl'),
    startedAt: created_at,
    state: 'ended',
    batch: { ...batch, created_at, processing_status: 'ended' },
  });
  await journal.put(run);
  try {
    await withWindow(async (window) => {
      await window.notification('The results of expiring are not on this disk').waitFor();
      await window.openContainer('Message Batches');
      const row = window.treeRow('expiring').filter({ hasText: 'paused: needs the key "team"' });
      await row.hover();
      const hover = window.page.locator('.workbench-hover:visible');
      await hover.getByText('for api.anthropic.com. Its results are kept until').waitFor();
      await window.screenshot('expiring');
    });
    await withWindow(async (window) => {
      await window.openContainer('Message Batches');
      await window.treeRow('expiring').filter({ hasText: 'paused: needs the key "team"' }).waitFor();
      assert.equal(await window.notification('expiring').count(), 0);
    });
  } finally {
    await journal.remove(run.id);
  }
});

async function withWindow(work: (window: Workbench) => Promise<void>): Promise<void> {
  const window = await openWorkbench(stage);
  try {
    await work(window);
  } catch (error) {
    await window.screenshot('failed-expiring-results');
    throw error;
  } finally {
    await window.close();
  }
}
