import assert from 'node:assert/strict';
import { existsSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import type { Sandbox } from '../../../sandbox/options';
import { batchText, inTerminal, withSandbox } from '../support/api';
import { readStage } from '../support/stage';
import { carryOut, type Steps } from '../support/steps';
import { until } from '../support/until';
import type { Workbench } from '../support/workbench';

const stage = readStage();
const source = 'again.batch.jsonl';
const file = path.join(stage.samples, source);
/** The name of the results that came last. */
function newest(): string {
  const names = readdirSync(stage.samples).filter((each) => /^again\.2.*\.results\.jsonl$/.test(each));
  const [last] = names.sort((a, b) => timeOf(b) - timeOf(a));
  assert.ok(last);
  return last;
}

const timeOf = (name: string): number => statSync(path.join(stage.samples, name)).mtimeMs;

/** The terminal says the same sentence about the same file. */
async function saysTheSame(sandbox: Sandbox, workbench: Workbench, begin: string): Promise<void> {
  const api = { url: sandbox.url, token: stage.api.token };
  const { said } = await inTerminal({ ...stage, api }, 'submit', source);
  const sentence = said.split('\n').find((line) => line.startsWith(begin));
  assert.ok(sentence, said);
  await workbench.dialog(sentence).waitFor();
}

async function submit({ run }: Workbench): Promise<void> {
  await run('Message Batches: Submit Batch');
}

const steps = (sandbox: Sandbox): Steps => ({
  async 'it is submitted'(workbench) {
    writeFileSync(file, batchText(['a', 'b']));
    await workbench.open(source);
    await workbench.lens('2 requests').waitFor();
    await submit(workbench);
    await workbench.dialog('Use the API key from the environment').waitFor();
    await workbench.answer('Use It');
    await workbench.answer('Submit 2 Requests');
    await workbench.statusItem('messageBatches.run').getByText('again').waitFor();
  },

  async 'while it runs, the same requests are not sent again'(workbench) {
    await submit(workbench);
    await saysTheSame(sandbox, workbench, 'The same requests were sent at');
    await workbench.screenshot('again-unfinished');
    await workbench.answer('Show Batches');
    await workbench.treeRow('again').filter({ hasText: '2 requests in progress' }).waitFor();
  },

  async 'nor is what the file was changed to'(workbench) {
    writeFileSync(file, batchText(['a', 'c']));
    await submit(workbench);
    await saysTheSame(sandbox, workbench, 'again.batch.jsonl was changed, and run');
    await workbench.dialog('1 of its 2 ids are still in the file').waitFor();
    await workbench.screenshot('again-changed');
    assert.equal(sandbox.batches().length, 1);
  },

  async 'the run that goes on can be canceled from there, after what is still billed was said'(workbench) {
    await workbench.answer('Cancel Batch…');
    await workbench.dialog('Requests that are answered by then are billed').waitFor();
    await workbench.screenshot('again-cancel');
    await workbench.answer('Cancel Batch');
    await workbench.notification('again: 0 answered, 2 canceled').waitFor();
  },

  async 'then the file as it is now is submitted'(workbench) {
    await submit(workbench);
    await workbench.answer('Submit 2 Requests');
    await until(() => sandbox.batches().length === 2);
    await workbench.statusItem('messageBatches.run').getByText('again').waitFor();
    await sandbox.advance();
    await workbench.notification('again: 2 answered').waitFor();
  },

  async 'what is complete is said to be, and bought again only on purpose'(workbench) {
    await submit(workbench);
    await saysTheSame(sandbox, workbench, 'Already complete: the same requests were sent at');
    await workbench.screenshot('again-complete');
    await workbench.answer('Submit Again…');
    await workbench.dialog('Submit 2 requests again?').waitFor();
    await workbench.answer('Cancel');
    assert.equal(sandbox.batches().length, 2);
  },

  async 'results that are gone are fetched again'(workbench) {
    const name = newest();
    rmSync(path.join(stage.samples, name));
    // What was told before is not to be taken for what is told now.
    await workbench.run('Notifications: Clear All Notifications');
    await submit(workbench);
    await workbench.notification('the results are not at').waitFor();
    await workbench.notification('again: 2 answered').waitFor();
    assert.ok(existsSync(path.join(stage.samples, name)));
    assert.equal(sandbox.batches().length, 2);
  },

  async 'results are fetched again from the list, too'(workbench) {
    const name = newest();
    rmSync(path.join(stage.samples, name));
    await workbench.menu(workbench.treeRow('again').filter({ hasText: '2 answered' }), 'Fetch Results');
    await until(() => existsSync(path.join(stage.samples, name)));
  },

  async 'results go to the trash, and the run stays'(workbench) {
    const name = newest();
    await workbench.menu(workbench.treeRow('again').filter({ hasText: '2 answered' }), 'Move Results to Trash…');
    await workbench.dialog(`Move ${name} to the trash?`).waitFor();
    await workbench.answer('Move to Trash');
    // A remote, as this one, has none.
    await workbench.dialog(`Delete ${name} for good?`).waitFor();
    await workbench.answer('Delete for Good');
    await until(() => !existsSync(path.join(stage.samples, name)));
    await workbench.treeRow('again').filter({ hasText: '2 answered' }).waitFor();
  },

  async 'the batch is deleted for everyone, which is another question'(workbench) {
    await workbench.menu(workbench.treeRow('again').filter({ hasText: '2 answered' }), 'Delete Batch at Anthropic…');
    await workbench.dialog('for everyone in the API workspace').waitFor();
    await workbench.answer('Delete Batch');
    await until(() => sandbox.batches().length === 1);
  },

  async 'the run is forgotten here, which is a third'(workbench) {
    const row = workbench.treeRow('again').filter({ hasText: '2 answered' });
    await workbench.menu(row, 'Forget Run…');
    await workbench.dialog('that the file was submitted is not known any more').waitFor();
    await workbench.answer('Forget Run');
    await row.waitFor({ state: 'detached' });
  },
});

test('a file that is submitted again is held against what was sent', async (context) => {
  await withSandbox(stage, { processingMs: Infinity }, async (sandbox) => {
    await carryOut(steps(sandbox), context, stage, 'failed-submitting-again');
  });
});
