import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import type { Sandbox } from '../../../sandbox/options';
import { batchText, withSandbox } from '../support/api';
import { readStage } from '../support/stage';
import { carryOut, type Steps } from '../support/steps';
import { until } from '../support/until';
import type { Workbench } from '../support/workbench';

const stage = readStage();

async function storeKey(workbench: Workbench, key: string, name: string): Promise<void> {
  await workbench.run('Message Batches: Set API Key');
  await workbench.type(key);
  await workbench.type(name);
  await workbench.page.getByText(`Key "${name}" is stored for`).waitFor();
}

const steps = (sandbox: Sandbox): Steps => ({
  async 'two keys are stored under names, and one is chosen for the folder'(workbench) {
    writeFileSync(path.join(stage.samples, 'keyed.batch.jsonl'), batchText(['a', 'b']));
    await workbench.open('keyed.batch.jsonl');
    await workbench.lens('2 requests').waitFor();
    await storeKey(workbench, 'a-wrong-key-of-the-tests-w0ng', 'wrong');
    await storeKey(workbench, stage.api.token, 'team');
    await workbench.run('Message Batches: Choose API Key');
    await workbench.pick('team');
  },

  async 'the run is sent with it, and remembers which it was and whose account'(workbench) {
    await workbench.run('Message Batches: Submit Batch');
    await workbench.dialog('key "team" …x4f2 (stored)').waitFor();
    await workbench.answer('Submit 2 Requests');
    await workbench.openContainer('Message Batches');
    const row = workbench.treeRow('keyed').filter({ hasText: '2 requests in progress' });
    const hover = workbench.page.locator('.workbench-hover:visible');
    await workbench.hoverOver(row, hover.getByText('with key "team" …x4f2'));
    await hover.getByText('organization').waitFor();
    await hover.getByText('results are kept until').waitFor();
    await workbench.screenshot('keyed');
  },

  async 'a key that is refused is told once, however often it is, and the batch goes on'(workbench) {
    const row = workbench.treeRow('keyed');
    sandbox.faults.push({ on: 'retrieve', kind: 'answer', status: 401, times: 2 });
    await workbench.run('Message Batches: Refresh Batches');
    const told = workbench.notification('Its batches go on, and are followed again once the key is taken');
    await told.filter({ hasText: 'The API key …x4f2 was refused by 127.0.0.1' }).waitFor();
    await workbench.screenshot('keyed-refused');
    await row.filter({ hasText: 'was refused by' }).waitFor();
    await workbench.run('Message Batches: Refresh Batches');
    await until(() => sandbox.faults.length === 0);
    await workbench.run('Message Batches: Refresh Batches');
    await row.filter({ hasText: '2 requests in progress' }).waitFor();
    await workbench.run('Notifications: Show Notifications');
    await told.waitFor();
    assert.equal(await told.count(), 1);
    await workbench.run('Notifications: Clear All Notifications');
  },

  async 'without its key it is paused and says which it needs'(workbench) {
    await workbench.run('Message Batches: Remove API Key');
    await workbench.pick('team');
    await workbench.treeRow('keyed').filter({ hasText: 'paused: needs the key "team" …x4f2 for 127.0.0.1' }).waitFor();
    await workbench.screenshot('keyed-paused');
    assert.equal(sandbox.batches().length, 1);
  },

  async 'with its key back it goes on by itself, and the other key was never sent'(workbench) {
    await sandbox.advance();
    await storeKey(workbench, stage.api.token, 'team');
    await workbench.treeRow('keyed').filter({ hasText: '2 answered' }).waitFor();
    assert.ok(sandbox.requests.every(({ key }) => key === 'right'));
  },

  async 'in a terminal the key is asked for and not handed over'(workbench) {
    writeFileSync(path.join(stage.samples, 'keyed.batch.jsonl'), batchText(['c', 'd']));
    await workbench.run('Message Batches: Submit Batch');
    await workbench.answer('Submit 2 Requests');
    await workbench.menu(workbench.treeRow('keyed').filter({ hasText: 'in progress' }), 'Continue in Terminal');
    const terminal = workbench.page.locator('.terminal-wrapper .xterm-rows');
    await terminal.getByText('set ANTHROPIC_API_KEY before you press Enter').first().waitFor();
    await terminal.getByText('message-batches run keyed.batch.jsonl').first().waitFor();
    await workbench.screenshot('keyed-terminal');
    // The workbench of these tests was started with the key, and so is its terminal.
    await workbench.page.locator('.terminal-wrapper').click();
    await workbench.page.keyboard.press('Enter');
    await terminal.getByText('The same requests were sent at').first().waitFor();
    assert.equal(sandbox.batches().length, 2);
  },
});

test('keys have names, belong to one address, and a run keeps to the one that it was sent with', async (context) => {
  await withSandbox(stage, { processingMs: Infinity }, async (sandbox) => {
    await carryOut(steps(sandbox), context, stage, 'failed-keys');
  });
});
