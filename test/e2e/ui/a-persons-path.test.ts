import assert from 'node:assert/strict';
import { rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { readStage } from '../support/stage';
import { carryOut, type Steps } from '../support/steps';

/** One person's first batch, from opening the file to finding the run again. Each step stands on the one before. */
const steps: Steps = {
  async 'the list of batches says what to do before there is one'(workbench) {
    await workbench.openContainer('Message Batches');
    await workbench.page.getByRole('button', { name: 'Try Without a Key' }).waitFor();
    await workbench.openContainer('Explorer');
  },

  async 'what is wrong is underlined and listed'(workbench) {
    await workbench.open('tickets.batch.jsonl');
    await workbench.squiggles('error').first().waitFor();
    await workbench.lens('40 requests').waitFor();
    await workbench.problem('"claude-haiku-4.5" is not in the list of models');
    await workbench.screenshot('editing');
  },

  async 'quick fixes and a digit mend it'({ goTo, fix, page, squiggles }) {
    await goTo(7, 50);
    await fix('Change to "claude-haiku-4-5"');
    await goTo(18, 68);
    await fix('Rename to "max_tokens"');
    await goTo(29, 25);
    await page.keyboard.press('Backspace');
    await page.keyboard.type('9');
    await squiggles('error').first().waitFor({ state: 'detached' });
  },

  async 'a key is completed while it is typed'(workbench) {
    const { keyboard } = workbench.page;
    await workbench.goTo(1, 37);
    await keyboard.type('"serv');
    await workbench.suggestion('service_tier').waitFor();
    await workbench.screenshot('completion');
    await keyboard.press('Enter');
    await workbench.suggestion('standard_only').waitFor();
    await workbench.suggestion('auto').click();
    await workbench.page.getByText('"service_tier":"auto","model"').waitFor();
    await workbench.squiggles('error').first().waitFor({ state: 'detached' });
  },

  async 'what it costs is said before anything is sent'({ goTo, lens, statusItem }) {
    await goTo(1);
    await lens(' · input ').waitFor();
    await statusItem('messageBatches.file').getByText('$').waitFor();
  },

  async 'it is submitted from the palette after one question'(workbench) {
    await workbench.run('Message Batches: Submit Batch');
    await workbench.dialog('Save tickets.batch.jsonl first?').waitFor();
    await workbench.answer('Save');
    await workbench.dialog('Use the API key from the environment').waitFor();
    await workbench.answer('Use It');
    await workbench.dialog('Submit 40 requests?').waitFor();
    await workbench.screenshot('submit');
  },

  async 'settings that change while it is asked stop it'(workbench) {
    const settings = path.join(readStage().samples, 'message-batches.json');
    writeFileSync(settings, '{ "betas": ["files-api-2025-04-14"] }');
    await workbench.answer('Submit 40 Requests');
    await workbench.notification('so nothing was sent: submit it again').waitFor();
    rmSync(settings);
    await workbench.run('Message Batches: Submit Batch');
    await workbench.dialog('Submit 40 requests?').waitFor();
    await workbench.answer('Submit 40 Requests');
  },

  async 'the status bar follows it, and one notification says how it ended'(workbench) {
    const { statusItem, notification, respond } = workbench;
    await statusItem('messageBatches.run').getByText('tickets').waitFor();
    await notification('tickets: 40 answered').waitFor();
    await workbench.screenshot('ended');
    await statusItem('messageBatches.run').waitFor({ state: 'detached' });
    await respond('tickets: 40 answered', 'Open Results');
  },

  async 'results stand beside the requests and follow the cursor'(workbench) {
    await workbench.open('tickets.batch.jsonl');
    await workbench.run('Message Batches: Open Results Beside');
    const panel = workbench.webview();
    const answer = panel.locator('#answer');
    await panel.getByRole('heading', { name: 'ticket-001' }).waitFor();
    await workbench.goTo(3);
    await panel.getByRole('heading', { name: 'ticket-003' }).waitFor();
    const third = await answer.innerText();
    await workbench.screenshot('results');
    await workbench.goTo(12);
    await panel.getByRole('heading', { name: 'ticket-012' }).waitFor();
    assert.notEqual(await answer.innerText(), third);
    await panel.getByRole('button', { name: 'Next', exact: true }).click();
    await panel.getByRole('heading', { name: 'ticket-013' }).waitFor();
  },

  async 'after a reload the run is still there'(workbench) {
    await workbench.reload();
    await workbench.openContainer('Message Batches');
    await workbench.treeRow('tickets').filter({ hasText: '40 answered' }).waitFor();
    await workbench.screenshot('batches');
  },
};

test("a person's first batch", async (context) => {
  await carryOut(steps, context, readStage(), 'failed');
});
