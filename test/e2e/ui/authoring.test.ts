import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { readStage } from '../support/stage';
import { carryOut, type Steps } from '../support/steps';

const stage = readStage();

/** How a person writes batch files. Each step stands on the one before. */
const steps: Steps = {
  async 'a table becomes a batch file, by a template that is kept'(workbench) {
    await workbench.open('complaints.csv');
    await workbench.run('Message Batches: New Batch File from Data');
    await workbench.pick('complaints.template.json');
    await workbench.page.getByText('Create complaints.batch.jsonl with 5 requests').first().waitFor();
    await workbench.webview().getByRole('heading', { name: 'c-001' }).waitFor();
    await workbench.screenshot('from-data');
    await workbench.pick('Create 5 Requests');
    await workbench.tab('complaints.batch.jsonl').first().waitFor();
    await workbench.lens('5 requests').waitFor();
    const [first] = linesOf('complaints.batch.jsonl');
    assert.equal(JSON.parse(first ?? '').custom_id, 'c-001');
    assert.match(readFileSync(path.join(stage.samples, 'complaints.ids.csv'), 'utf8'), /c\/001,c-001,1/);
  },

  async 'a request is renamed with F2'(workbench) {
    const { keyboard } = workbench.page;
    await workbench.goTo(2, 17);
    await keyboard.press('F2');
    const input = workbench.page.locator('.rename-input');
    await input.waitFor();
    await input.fill('refund-2');
    await keyboard.press('Enter');
    await workbench.page.locator('.view-line', { hasText: '"refund-2"' }).first().waitFor();
    await workbench.screenshot('renamed');
    await keyboard.press('Control+Z');
  },

  async 'a request is copied as code'(workbench) {
    await workbench.goTo(1);
    await workbench.run('Message Batches: Copy Request as');
    await workbench.pick('Python');
    await workbench.page.getByText('The request is on the clipboard as Python').waitFor();
  },

  async 'one request is tried at standard price, after its cost was said'(workbench) {
    await workbench.goTo(1);
    await workbench.run('Message Batches: Try One Now');
    await workbench.pick('Request Under the Cursor');
    await workbench.dialog('Use the API key from the environment').waitFor();
    await workbench.answer('Use It');
    const question = workbench.dialog('Send 1 request now, at standard price?');
    await question.waitFor();
    await question.getByText('up to $').waitFor();
    await workbench.screenshot('try-one-question');
    await workbench.answer('Send 1 Request');
    const panel = workbench.webview();
    await panel.getByRole('heading', { name: 'c-001' }).waitFor();
    await panel.getByText('[sandbox]').waitFor();
    await panel.getByText('By this, all 5 requests of the file cost').waitFor();
    await workbench.screenshot('tried');
  },

  async 'many requests are edited after a look at what changes'(workbench) {
    const { page } = workbench;
    await workbench.run('Message Batches: Bulk Edit Requests');
    await workbench.pick('Set a Field');
    await page.getByText('The field to set').waitFor();
    await page.keyboard.type('max_tokens');
    await page.keyboard.press('Enter');
    await page.getByText('The value, as JSON').waitFor();
    await page.keyboard.type('77');
    await page.keyboard.press('Enter');
    await workbench.pick('In All Requests');
    await page.getByRole('button', { name: 'Apply' }).waitFor();
    await workbench.screenshot('bulk-edit');
    await page.getByRole('button', { name: 'Apply' }).click();
    await page.locator('.view-line', { hasText: '"max_tokens":77' }).first().waitFor();
  },

  async 'the file is converted, and what is lost is said'(workbench) {
    await workbench.page.keyboard.press('Control+S');
    await workbench.page.locator('.tab.dirty').first().waitFor({ state: 'detached' });
    await workbench.run('Message Batches: Convert Requests');
    await workbench.pick('Amazon Bedrock batch records');
    await workbench.tab('complaints.bedrock.jsonl').waitFor();
    await workbench.webview().getByText('This did not carry over').waitFor();
    await workbench.screenshot('converted');
    assert.equal(JSON.parse(linesOf('complaints.bedrock.jsonl')[0] ?? '').recordId, 'c-001');
  },
};

function linesOf(name: string): string[] {
  return readFileSync(path.join(stage.samples, name), 'utf8').trimEnd().split('\n');
}

test('writing batch files', async (context) => {
  await carryOut(steps, context, stage, 'authoring-failed');
});
