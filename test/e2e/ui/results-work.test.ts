import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { seriousViolations } from '../support/axe';
import { readStage } from '../support/stage';
import { carryOut, type Steps } from '../support/steps';
import type { Workbench } from '../support/workbench';

const IDS = ['a-1', 'a-2', 'a-3', 'a-4', 'a-5', 'a-6'];
/** What each run found; the last of the first run is no JSON, and what does not stand here failed. */
const BEFORE = ['billing', 'billing', 'account', 'other', 'billing', null];
const AFTER = ['account', 'account', 'account', 'other', undefined, 'other'];
const EXPECTED = ['account', 'account', 'account', 'other', 'billing', 'other'];

const SCHEMA = {
  type: 'object',
  properties: { label: { enum: ['billing', 'account', 'other'] }, score: { type: 'number' } },
  required: ['label', 'score'],
  additionalProperties: false,
};

const inFolder = (name: string): string => path.join(readStage().samples, name);
const read = (name: string): string => readFileSync(inFolder(name), 'utf8');
const write = (name: string, rows: readonly object[]): void =>
  writeFileSync(inFolder(name), rows.map((row) => `${JSON.stringify(row)}\n`).join(''));

function writeRun(name: string, prefix: string, model: string, labels: readonly (string | null | undefined)[]): void {
  const messages = [{ role: 'user', content: 'Classify: my card was charged twice.' }];
  const output_config = { format: { type: 'json_schema', schema: SCHEMA } };
  const idOf = (i: number): string => `${prefix}${IDS[i]}`;
  const requests = labels.map((_, i) => ({
    custom_id: idOf(i),
    params: { model, max_tokens: 99, messages, output_config },
  }));
  const results = labels.map((label, i) => {
    const error = { type: 'error', error: { type: 'overloaded_error', message: 'Overloaded' } };
    if (label === undefined) return { custom_id: idOf(i), result: { type: 'errored', error } };
    const text = label === null ? '=SUM(A1), sorry' : JSON.stringify({ label, score: label === 'other' ? 'low' : i });
    const content = [{ type: 'text', text }];
    const usage = { input_tokens: 40, output_tokens: 9 };
    return {
      custom_id: idOf(i),
      result: { type: 'succeeded', message: { model, content, stop_reason: 'end_turn', usage } },
    };
  });
  write(`${name}.batch.jsonl`, requests);
  write(`${name}.20261120T2104Z.results.jsonl`, results.reverse());
}

/** Agrees to the file that is proposed, once the dialog names it. */
async function save({ page }: Workbench, name: string): Promise<void> {
  const dialog = page.locator('.quick-input-widget', { hasText: 'OK' });
  const input = dialog.locator('input').first();
  for (let value = ''; !value.endsWith(name); value = await input.inputValue());
  await page.keyboard.press('Enter');
  await dialog.waitFor({ state: 'hidden' });
}

/** Chooses a file of the folder that a dialog shows. */
async function choose({ page }: Workbench, name: string): Promise<void> {
  const dialog = page.locator('.quick-input-widget', { hasText: 'OK' });
  await dialog.locator('.monaco-list-row', { hasText: name }).first().click();
  await dialog.waitFor({ state: 'hidden' });
}

const copied = ({ page }: Workbench): Promise<string> => page.evaluate<string>('navigator.clipboard.readText()');

const steps: Steps = {
  async 'fields of the answers are columns, and those that do not fit are found'(workbench, panel) {
    await workbench.open('labels.batch.jsonl');
    await workbench.statusItem('messageBatches.file').waitFor();
    await workbench.run('Message Batches: Open Results Beside');
    await panel.locator('#count', { hasText: '6 rows' }).waitFor();
    await panel.locator('#columns summary').click();
    for (const field of ['label', 'fits schema'])
      await panel.getByRole('checkbox', { name: field, exact: true }).check();
    await panel.locator('#columns summary').click();
    await panel.getByRole('columnheader', { name: 'label' }).waitFor();
    await panel.getByLabel('Filter by fit of the schema').selectOption('Does not fit its schema (2)');
    await panel.locator('#count', { hasText: '2 rows' }).waitFor();
    await panel.locator('#body').getByText('The answer is no JSON.').waitFor();
    await panel.locator('#body').getByText('/score: ').waitFor();
    assert.deepEqual(await panel.locator('#body .custom_id').allTextContents(), ['a-4', 'a-6']);
    assert.deepEqual(await seriousViolations(panel), []);
    await workbench.screenshot('results-fields');
  },

  async 'the rows that are shown are exported as CSV for Excel'(workbench) {
    await workbench.run('Message Batches: Export Results');
    await workbench.pick('CSV for Excel');
    await workbench.pick('The 2 rows that are shown');
    await save(workbench, 'labels.answers.csv');
    await workbench.notification('labels.answers.csv holds 2 rows').waitFor();
    const lines = read('labels.answers.csv').split('\r\n');
    assert.ok(lines[0]?.startsWith('\uFEFFcustom_id,status,'));
    assert.match(lines[2] ?? '', /^a-6,Answered,end_turn,"'=SUM\(A1\), sorry",/);
    assert.equal(lines.length, 4);
  },

  async 'all rows are exported as JSON Lines, joined with their requests'(workbench) {
    await workbench.run('Message Batches: Export Results');
    await workbench.pick('JSON Lines');
    await workbench.type('params/model, params/messages/0/content');
    await workbench.pick('All 6 rows');
    await save(workbench, 'labels.answers.jsonl');
    await workbench.notification('labels.answers.jsonl holds 6 rows').waitFor();
    const rows = read('labels.answers.jsonl')
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    assert.deepEqual(
      rows.map(({ custom_id }) => custom_id),
      IDS,
    );
    assert.equal(rows[0].request['params/model'], 'claude-haiku-4-5');
  },

  async 'one answer is copied, as it is and as Markdown'(workbench, panel) {
    await workbench.page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await panel.locator('#body').getByText('a-6', { exact: true }).click();
    await panel.getByRole('heading', { name: 'a-6' }).waitFor();
    await panel.getByText('does not fit: The answer is no JSON.').waitFor();
    await workbench.run('Message Batches: Copy Answer');
    await workbench.page.locator('.statusbar', { hasText: 'Copied' }).waitFor();
    assert.equal(await copied(workbench), '=SUM(A1), sorry');
    await workbench.run('Message Batches: Copy Row as Markdown');
    await workbench.page.waitForFunction("navigator.clipboard.readText().then((text) => text.startsWith('# a-6\\n'))");
    await panel.getByLabel('Filter by fit of the schema').selectOption('Any fit');
  },

  async 'two runs are compared: ids without their date, labels, and what was expected'(workbench, panel) {
    await workbench.open('labels-v2.batch.jsonl');
    await workbench.statusItem('messageBatches.file').waitFor();
    await workbench.run('Message Batches: Compare Runs');
    await workbench.pick('labels.20261120T2104Z.results.jsonl');
    await workbench.type('^\\d{8}-');
    await workbench.pick('expected values too');
    await choose(workbench, 'expected.csv');
    await workbench.tab('Two runs compared').waitFor();
    await panel.getByText('in 6 requests: "claude-haiku-4-5" → "claude-sonnet-4-6"').waitFor();
    const page = await panel.locator('body').innerText();
    assert.match(page, /3 answers changed, 2 of 5 are the same\. Answered 1 only in the first run\./);
    assert.match(page, /Before\s+2\s+40\.0 %/);
    assert.match(page, /Agreement by field[\s\S]*label\s+2\s+50\.0 %/);
    await workbench.screenshot('results-compared');
    await workbench.pick('a-1');
    await workbench.tab('a-1: before ↔ after').waitFor();
    await workbench.page.locator('.monaco-diff-editor').first().waitFor();
    // It asks for the next one.
    const question = workbench.page.locator('.quick-input-widget', { hasText: '3 answers changed' });
    await question.waitFor();
    await workbench.page.keyboard.press('Escape');
    await question.waitFor({ state: 'hidden' });
  },

  async 'hover shows the answer, and definition leads to its row and back'(workbench) {
    await workbench.run('View: Close All Editors');
    await workbench.open('labels.batch.jsonl');
    await workbench.goTo(3, 17);
    await workbench.run('Show or Focus Hover');
    await workbench.hover().getByText('"label":"account"').waitFor();
    await workbench.page.keyboard.press('Escape');
    await workbench.page.keyboard.press('F12');
    await workbench.page
      .locator('.tab.active[data-resource-name="labels.20261120T2104Z.results.jsonl"]')
      .first()
      .waitFor();
    await workbench.page.locator('.part.statusbar', { hasText: 'Ln 4, ' }).waitFor();
    await workbench.page.keyboard.press('F12');
    await workbench.page.locator('.tab.active[data-resource-name="labels.batch.jsonl"]').first().waitFor();
    await workbench.page.locator('.part.statusbar', { hasText: 'Ln 3, ' }).waitFor();
  },

  async 'what was cleared is gone, also after a reload'(workbench) {
    await workbench.open('labels-v2.batch.jsonl');
    await workbench.page.locator('.cgmr').first().waitFor();
    await workbench.run('Message Batches: Clear Results from Editor');
    await workbench.page.locator('.cgmr').first().waitFor({ state: 'detached' });
    await workbench.reload();
    await workbench.statusItem('messageBatches.file').waitFor();
    await workbench.open('labels.batch.jsonl');
    // The other file's are drawn in the same go.
    await workbench.open('labels-v2.batch.jsonl');
    await workbench.statusItem('messageBatches.file').waitFor();
    await workbench.run('Message Batches: Next Failed Request');
    await workbench.page.locator('.statusbar', { hasText: 'No request failed, or there are no results' }).waitFor();
    assert.equal(await workbench.page.locator('.cgmr').count(), 0);
  },
};

test('answers are worked with: fields, exports, comparison, and from one side to the other', async (context) => {
  writeRun('labels', '', 'claude-haiku-4-5', BEFORE);
  writeRun('labels-v2', '20261121-', 'claude-sonnet-4-6', AFTER);
  writeFileSync(
    inFolder('expected.csv'),
    `custom_id,expected\n${IDS.map((id, i) => `${id},"{""label"":""${EXPECTED[i]}"",""score"":${EXPECTED[i] === 'other' ? '""low""' : i}}"\n`).join('')}`,
  );
  await carryOut(steps, context, readStage(), 'results-work-failed');
});
