import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { seriousViolations } from '../support/axe';
import { readStage } from '../support/stage';
import { carryOut, type Steps } from '../support/steps';
import { inThemes } from '../support/themes';

const CREATED = 'complaints.batch.jsonl';
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
    await workbench.opened(CREATED);
    await workbench.lens('5 requests').waitFor();
    const [first] = linesOf('complaints.batch.jsonl');
    assert.equal(JSON.parse(first ?? '').custom_id, 'c-001');
    assert.match(readFileSync(path.join(stage.samples, 'complaints.ids.csv'), 'utf8'), /c\/001,c-001,1/);
  },

  async 'a new template says all columns, and waits until it is ready'(workbench) {
    const again = 'complaints-2.batch.jsonl';
    await workbench.open('complaints.csv');
    await workbench.run('Message Batches: New Batch File from Data');
    await workbench.pick('New Template from the Columns');
    await workbench.opened('complaints-2.template.json');
    await workbench.page.locator('.view-line', { hasText: '{{customer}}' }).first().waitFor();
    await workbench.respond('Say what is asked of each row', 'Preview Requests');
    await workbench.page.getByText(`Create ${again} with 5 requests`).first().waitFor();
    await workbench.pick('Create 5 Requests');
    await workbench.opened(again);
    const last = JSON.parse(linesOf(again).at(-1) ?? '');
    assert.match(last.params.messages[0].content, /customer: Emi\nlanguage: ja/);
    await workbench.run('View: Close All Editors');
    await workbench.open(CREATED);
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
    assert.match(await workbench.clipboard(), /client\.messages\.create\(\n {4}model="claude-haiku-4-5"/);
    await workbench.run('Message Batches: Copy Request as');
    await workbench.pick('TypeScript');
    await workbench.page.getByText('The request is on the clipboard as TypeScript').waitFor();
    assert.match(await workbench.clipboard(), /new Anthropic\(/);
    await workbench.run('Message Batches: Copy Request as');
    await workbench.pick('curl');
    await workbench.page.getByText('The request is on the clipboard as curl').waitFor();
    assert.match(await workbench.clipboard(), /^curl https:\/\/api\.anthropic\.com\/v1\/messages/);
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

  async 'typical requests are tried, and an answer is copied'(workbench) {
    await workbench.run('Message Batches: Try One Now');
    await workbench.pick('First, Median and Longest Request');
    // The first is the longest, too.
    await workbench.dialog('"c-001" (line 1), "c-003" (line 3)').waitFor();
    await workbench.answer('Send 2 Requests');
    const copy = workbench.webview().getByRole('button', { name: 'Copy Answer to c-001' });
    await copy.click();
    await workbench.page.getByText('Copied').first().waitFor();
    assert.match(await workbench.clipboard(), /^\[sandbox\]/);
    await workbench.webview().getByRole('heading', { name: 'c-003' }).waitFor();
    await inThemes(workbench, workbench.webview(), 'tried', async (theme) => {
      assert.deepEqual(await seriousViolations(workbench.webview()), [], theme);
    });
  },

  async 'a request with an error is not sent, and what the API refuses is selected'(workbench) {
    await workbench.run('View: Close All Editors');
    const [line = ''] = linesOf(CREATED);
    const changed = async (name: string, from: string, to: string) => {
      assert.ok(line.includes(from));
      writeFileSync(path.join(stage.samples, name), `${line.replace(from, to)}\n`);
      await workbench.open(name);
    };
    await changed('mistaken.batch.jsonl', '"max_tokens":', '"max_tokens":-');
    await workbench.squiggles('error').first().waitFor();
    await workbench.run('Message Batches: Try One Now');
    await workbench.pick('Request Under the Cursor');
    await workbench.notification('Nothing was sent. The request "c-001" (line 1) has an error').waitFor();
    await workbench.run('View: Close All Editors');
    // A model that may be newer than our list is for the API to refuse.
    await changed('refused.batch.jsonl', 'claude-haiku-4-5', 'claude-haiku-0');
    await workbench.squiggles('warning').first().waitFor();
    await workbench.run('Message Batches: Try One Now');
    await workbench.pick('Request Under the Cursor');
    await workbench.answer('Send 1 Request');
    await workbench.webview().getByText('not_found_error').first().waitFor();
    await workbench.page.locator('.part.statusbar', { hasText: /\(1[46] selected\)/ }).waitFor();
    await workbench.screenshot('trial-refused');
    await workbench.run('View: Close All Editors');
    await workbench.open(CREATED);
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
    await workbench.tab('complaints.bedrock.jsonl').first().waitFor();
    await workbench.webview().getByText('This did not carry over').waitFor();
    await workbench.screenshot('converted');
    assert.equal(JSON.parse(linesOf('complaints.bedrock.jsonl')[0] ?? '').recordId, 'c-001');
  },

  async 'what has another shape says so, and is converted back by its fix'(workbench) {
    await workbench.run('View: Close All Editors');
    await workbench.open('complaints.bedrock.jsonl');
    await workbench.squiggles('error').first().waitFor();
    await workbench.goTo(1, 5);
    await workbench.fix('Convert to a Batch File…');
    await workbench.fill('Convert to a Batch File', 'claude-haiku-4-5');
    await workbench.tab('complaints.bedrock.batch.jsonl').waitFor();
    // The records name no model: it is the one that was chosen.
    const [there, back] = [CREATED, 'complaints.bedrock.batch.jsonl'].map((name) =>
      linesOf(name).map((line) => JSON.parse(line.replace(/"claude-haiku-4-5(-\d+)?"/, '"chosen"'))),
    );
    assert.deepEqual(back, there);
  },
};

function linesOf(name: string): string[] {
  return readFileSync(path.join(stage.samples, name), 'utf8').trimEnd().split('\n');
}

test('writing batch files', async (context) => {
  await carryOut(steps, context, stage, 'authoring-failed');
});
