import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import type { Sandbox } from '../../../sandbox/options';
import { batchText, withSandbox } from '../support/api';
import { readStage } from '../support/stage';
import { carryOut, type Steps } from '../support/steps';

const stage = readStage();
const message = 'requests.1.params.max_tokens: Input should be greater than anybody knew';

const steps = (sandbox: Sandbox): Steps => ({
  async 'what the API refuses is said on the line that it names'(workbench) {
    writeFileSync(path.join(stage.samples, 'refused.batch.jsonl'), batchText(['fine', 'refused', 'fine-too']));
    await workbench.open('refused.batch.jsonl');
    await workbench.lens('3 requests').waitFor();
    await workbench.run('Message Batches: Submit Batch');
    await workbench.answer('Use It');
    await workbench.answer('Submit 3 Requests');
    await workbench.notification('greater than anybody knew').waitFor();
    await workbench.squiggles('error').first().waitFor();
    const entry = await workbench.problem('greater than anybody knew');
    await entry.getByText('Message Batches API').waitFor();
    await entry.getByText('[Ln 2,').waitFor();
    assert.equal(sandbox.batches().length, 0);
  },

  async 'it is there again after the window was reloaded'(workbench) {
    await workbench.reload();
    await workbench.squiggles('error').first().waitFor();
    const entry = await workbench.problem('greater than anybody knew');
    await entry.getByText('[Ln 2,').waitFor();
    await workbench.screenshot('refused-create');
  },

  async 'and goes when the line is changed'({ goTo, page, squiggles }) {
    await goTo(2, 1);
    await page.keyboard.press('End');
    await page.keyboard.type(' ');
    await squiggles('error').first().waitFor({ state: 'detached' });
    await page.keyboard.press('Control+Z');
  },
});

test('a refusal of the API stands on its line, also after a reload', async (context) => {
  const faults = [{ on: 'create', kind: 'answer', status: 400, message } as const];
  await withSandbox(stage, { faults }, async (sandbox) => {
    await carryOut(steps(sandbox), context, stage, 'failed-refused-create');
  });
});
