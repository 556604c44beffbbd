import assert from 'node:assert/strict';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import type { Sandbox } from '../../../sandbox/options';
import { batchText, withSandbox } from '../support/api';
import { readStage } from '../support/stage';
import { carryOut, type Steps } from '../support/steps';

const stage = readStage();
const IDS = ['a', 'b', 'c', 'd', 'e'];

/** By label, with the class that the workbench has then. */
const THEMES = [
  ['Dark Modern', 'vs-dark'],
  ['Dark High Contrast', 'hc-black'],
  ['Light High Contrast', 'hc-light'],
  ['Light Modern', 'vs'],
] as const;

const inFolder = (name: string): string => path.join(stage.samples, name);
const idsIn = (name: string): string[] =>
  readFileSync(inFolder(name), 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line).custom_id);
const resultsFiles = (): string[] => readdirSync(stage.samples).filter((name) => /^large\..*results\.jsonl/.test(name));

const steps = (sandbox: Sandbox): Steps => ({
  async 'a file over the preferred size is submitted, and the question says that it takes several batches'(workbench) {
    writeFileSync(inFolder('message-batches.json'), JSON.stringify({ splitAt: 2 }));
    writeFileSync(inFolder('large.batch.jsonl'), batchText(IDS));
    await workbench.open('large.batch.jsonl');
    await workbench.lens('5 requests').waitFor();
    await workbench.run('Message Batches: Submit Batch');
    await workbench.dialog('Use the API key from the environment').waitFor();
    await workbench.answer('Use It');
    await workbench.dialog('It goes over as several batches of one run.').waitFor();
    await workbench.screenshot('splitting-question');
    await workbench.answer('Submit 5 Requests');
    await workbench.openContainer('Message Batches');
    await workbench.treeRow('large').filter({ hasText: '5 requests in progress' }).waitFor();
    assert.deepEqual(
      sandbox.batches().map(({ request_counts }) => request_counts.processing),
      [1, 2, 2],
    );
  },

  async 'progress is over the whole, in one row'(workbench) {
    const [last] = sandbox.batches();
    await sandbox.end(last?.id ?? '');
    await workbench.run('Message Batches: Refresh Batches');
    await workbench.treeRow('large').filter({ hasText: '1 of 5 requests' }).waitFor();
    await workbench.screenshot('splitting-progress');
    assert.equal(await workbench.treeRow('large').count(), 1);
    assert.equal(await workbench.notification('large: ').count(), 0);
    for (const [theme, shown] of THEMES) {
      await workbench.useTheme(theme);
      await workbench.page.locator(`.monaco-workbench.${shown}`).waitFor();
      await workbench.screenshot(`splitting-${theme.toLowerCase().replaceAll(' ', '-')}`);
    }
  },

  async 'at the end one notification tells of all of it, and there is one file of results'(workbench) {
    await sandbox.advance();
    await workbench.run('Message Batches: Refresh Batches');
    const told = workbench.notification('large: 4 answered, 1 failed · $');
    await told.waitFor();
    assert.equal(await told.count(), 1);
    await workbench.treeRow('large').filter({ hasText: '4 answered, 1 failed' }).waitFor();
    const [results, ...more] = resultsFiles();
    assert.deepEqual(more, []);
    assert.deepEqual(idsIn(results ?? '').sort(), IDS);
    await workbench.screenshot('splitting-end');
  },

  async 'the table has the answers of all batches'(workbench, panel) {
    await workbench.run('Message Batches: Open Results Beside');
    await panel.locator('#count', { hasText: '5 rows' }).waitFor();
    await workbench.screenshot('splitting-results');
  },

  async 'a retry takes what failed in any of them'(workbench) {
    await workbench.page.keyboard.press('Control+1');
    await workbench.run('Message Batches: Create Retry File');
    await workbench.page.getByPlaceholder('Which requests are sent again?').waitFor();
    await workbench.page.keyboard.press('Enter');
    await workbench.tab('large.retry-1.batch.jsonl').waitFor();
    assert.deepEqual(idsIn('large.retry-1.batch.jsonl'), ['d']);
  },

  async 'submitted once more it is complete, as one run'(workbench) {
    await workbench.quickOpen('large.batch.jsonl');
    await workbench.run('Message Batches: Submit Batch');
    await workbench.dialog('Already complete: the same requests were sent at').waitFor();
    await workbench.answer('Cancel');
    assert.equal(sandbox.batches().length, 3);
  },
});

test('a file over a size is one run of several batches', async (context) => {
  const rows = { d: { type: 'overloaded_error', message: 'Overloaded' } };
  await withSandbox(stage, { processingMs: Infinity, rows }, async (sandbox) => {
    await carryOut(steps(sandbox), context, stage, 'failed-splitting');
  });
});
