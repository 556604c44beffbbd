import assert from 'node:assert/strict';
import { test } from 'node:test';
import { seriousViolations } from '../support/axe';
import { readStage, withSettings } from '../support/stage';
import { carryOut, type Steps } from '../support/steps';
import type { Workbench } from '../support/workbench';
import { answered, errored, read, resultsOf, writeRun } from '../support/written-run';

const IDS = ['a-1', 'a-2', 'a-3', 'a-4', 'a-5', 'a-6'];
/** What was found; the last is no JSON. */
const LABELS = ['billing', 'billing', 'account', 'other', 'billing', null];

const SCHEMA = {
  type: 'object',
  properties: { label: { enum: ['billing', 'account', 'other'] }, score: { type: 'number' } },
  required: ['label', 'score'],
  additionalProperties: false,
};

/** Agrees to the file that is proposed, once the dialog names it. */
async function save({ page }: Workbench, name: string): Promise<void> {
  const dialog = page.locator('.quick-input-widget', { hasText: 'OK' });
  const input = dialog.locator('input').first();
  for (let value = ''; !value.endsWith(name); value = await input.inputValue());
  await page.keyboard.press('Enter');
  await dialog.waitFor({ state: 'hidden' });
}

/** How many pixels of the overview ruler are as red as a failure, and as yellow as what is suspicious. */
function rulerOf({ page }: Workbench): Promise<{ red: number; yellow: number }> {
  return page.evaluate(`(() => {
    const canvas = document.querySelector('.editor-instance canvas.decorationsOverviewRuler');
    const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
    const found = { red: 0, yellow: 0 };
    for (let at = 0; at < data.length; at += 4) {
      const [red, green, blue] = data.subarray(at, at + 3);
      if (red > 150 && green < 90 && blue < 90) found.red++;
      if (red > 150 && green > 100 && green < 200 && blue < 90) found.yellow++;
    }
    return found;
  })()`);
}

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
    await workbench.fill('Fields of the Requests', 'params/model, params/messages/0/content');
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
    await panel.locator('#body').getByText('a-6', { exact: true }).click();
    await panel.getByRole('heading', { name: 'a-6' }).waitFor();
    await panel.getByText('does not fit: The answer is no JSON.').waitFor();
    await workbench.run('Message Batches: Copy Answer');
    await workbench.page.locator('.statusbar', { hasText: 'Copied' }).waitFor();
    assert.equal(await workbench.clipboard(), '=SUM(A1), sorry');
    await workbench.run('Message Batches: Copy Row as Markdown');
    await workbench.page.waitForFunction("navigator.clipboard.readText().then((text) => text.startsWith('# a-6\\n'))");
    await panel.getByLabel('Filter by fit of the schema').selectOption('Any fit');
  },

  async 'the summary says how many do not fit'(workbench, panel) {
    await workbench.run('Message Batches: Show Summary of Results');
    await workbench.tab('Summary of labels').waitFor();
    await panel.getByText('2 answers do not fit the schema of the request.').waitFor();
    await panel.locator('code', { hasText: 'The answer is no JSON.' }).waitFor();
    await workbench.screenshot('results-summary-fit');
  },

  async 'hover shows the answer, and definition leads to its row and back'(workbench) {
    const { page } = workbench;
    await workbench.run('View: Close All Editors');
    await workbench.open('labels.batch.jsonl');
    await workbench.statusItem('messageBatches.file').waitFor();
    await workbench.goTo(3, 17);
    await workbench.run('Show or Focus Hover');
    await workbench.hover().getByText('"label":"account"').waitFor();
    await page.keyboard.press('Escape');
    const active = (name: string) => page.locator(`.tab.active[data-resource-name="${name}"]`).first();
    await page.keyboard.press('F12');
    await active(resultsOf('labels')).waitFor();
    await workbench.cursorAt(4, 15);
    await page.keyboard.press('F12');
    await active('labels.batch.jsonl').waitFor();
    await workbench.cursorAt(3, 15);
  },

  async 'the one reference of a request is its row, and of a row its request'(workbench) {
    const { page } = workbench;
    await workbench.goTo(2, 17);
    await page.keyboard.press('Shift+F12');
    await page
      .locator(`.tab.active[data-resource-name="${resultsOf('labels')}"]`)
      .first()
      .waitFor();
    await workbench.cursorAt(5, 15);
    await page.keyboard.press('Shift+F12');
    await page.locator('.tab.active[data-resource-name="labels.batch.jsonl"]').first().waitFor();
    await workbench.cursorAt(2, 15);
  },

  async 'what was not simply answered is marked in the gutter, the overview ruler and behind its id'(workbench) {
    assert.deepEqual(await rulerOf(workbench), { red: 0, yellow: 0 });
    await workbench.run('View: Close All Editors');
    await workbench.open('failed.batch.jsonl');
    await workbench.page.locator('.cgmr').nth(1).waitFor();
    assert.equal(await workbench.page.locator('.cgmr').count(), 2);
    await workbench.page.waitForFunction(`
      [...document.querySelectorAll('.view-line span')].some((span) => getComputedStyle(span, '::after').content.includes('Failed: Overloaded'))`);
    await workbench.screenshot('results-inline');
    const { red, yellow } = await rulerOf(workbench);
    assert.ok(red > 0 && yellow > 0, `${red} red and ${yellow} yellow pixels`);
  },

  async 'what was cleared is gone, also after a reload'(workbench) {
    const marks = workbench.page.locator('.cgmr');
    await workbench.run('Message Batches: Clear Results from Editor');
    await marks.first().waitFor({ state: 'detached' });
    assert.deepEqual(await rulerOf(workbench), { red: 0, yellow: 0 });
    await workbench.reload();
    await workbench.open('labels.batch.jsonl');
    // The other file's are drawn in the same go.
    await workbench.open('failed.batch.jsonl');
    await workbench.statusItem('messageBatches.file').waitFor();
    await workbench.run('Message Batches: Next Failed Request');
    await workbench.page.locator('.statusbar', { hasText: 'No request failed, or there are no results' }).waitFor();
    assert.equal(await marks.count(), 0);
  },
};

test('answers are worked with: fields, exports, and from one side to the other', async (context) => {
  const params = { output_config: { format: { type: 'json_schema', schema: SCHEMA } } };
  const text = (label: string | null, i: number): string =>
    label === null ? '=SUM(A1), sorry' : JSON.stringify({ label, score: label === 'other' ? 'low' : i });
  writeRun(
    'labels',
    LABELS.map((label, i) => ({ id: IDS[i] ?? '', params, result: answered(text(label, i)) })),
  );
  writeRun('failed', [
    { id: 'b-1', result: answered('Well') },
    { id: 'b-2', result: errored('overloaded_error', 'Overloaded') },
    { id: 'b-3', result: answered('Cut', { stop_reason: 'max_tokens' }) },
  ]);
  const stage = readStage();
  await withSettings(stage, { 'messageBatches.showResultsInline': true }, () =>
    carryOut(steps, context, stage, 'results-work-failed'),
  );
});
