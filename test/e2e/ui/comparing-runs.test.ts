import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { test } from 'node:test';
import { readStage } from '../support/stage';
import { carryOut, type Steps } from '../support/steps';
import { inThemes } from '../support/themes';
import type { Workbench } from '../support/workbench';
import { answered, errored, inFolder, resultsOf, writeRun } from '../support/written-run';

const IDS = ['a-1', 'a-2', 'a-3', 'a-4', 'a-5', 'a-6'];
/** What each run found, by id; what is missing failed. */
const BEFORE = ['billing', 'billing', 'account', 'other', 'billing', 'sales'];
const AFTER = ['account', 'account', 'account', 'other', undefined, 'other'];
const EXPECTED = ['account', 'account', 'account', 'other', 'billing', 'other'];
const PROSE =
  'Thank you for your patience: your parcel was delivered on Monday, and signed for by a neighbour of yours.';

/** A run of the same questions, answered with what `words` makes of its labels. */
function writeLabels(
  name: string,
  labels: readonly (string | undefined)[],
  { prefix = '', model = 'claude-haiku-4-5', words = (label: string) => label } = {},
): void {
  const resultOf = (label: string | undefined): object =>
    label === undefined ? errored('overloaded_error', 'Overloaded') : answered(words(label), { model });
  writeRun(
    name,
    labels.map((label, i) => ({ id: `${prefix}${IDS[i]}`, params: { model }, result: resultOf(label) })),
  );
}

/** Opens a file and holds its results against those of another run. */
async function compare(workbench: Workbench, name: string, other: string, pattern: string): Promise<void> {
  await workbench.run('View: Close All Editors');
  await workbench.open(`${name}.batch.jsonl`);
  await workbench.statusItem('messageBatches.file').waitFor();
  await workbench.run('Message Batches: Compare Runs');
  await workbench.pick(resultsOf(other));
  await workbench.fill('Match Requests', pattern);
}

/** Sees a change as a diff, and wants to see no more. */
async function seeChange(workbench: Workbench, id: string): Promise<void> {
  const { page } = workbench;
  const question = page.locator('.quick-input-widget', { hasText: /answers? changed/ });
  await question.waitFor();
  await workbench.pick(id);
  await workbench.tab(`${id}: before ↔ after`).waitFor();
  await page.locator('.monaco-diff-editor').first().waitFor();
  // It asks for the next one.
  await question.waitFor();
  await page.keyboard.press('Escape');
  await question.waitFor({ state: 'hidden' });
}

/** Chooses a file of the folder that a dialog shows. */
async function choose({ page }: Workbench, name: string): Promise<void> {
  const dialog = page.locator('.quick-input-widget', { hasText: 'OK' });
  await dialog.locator('.monaco-list-row', { hasText: name }).first().click();
  await dialog.waitFor({ state: 'hidden' });
}

const steps: Steps = {
  async 'labels: which became which, ids without their date, and what was expected'(workbench, page) {
    await compare(workbench, 'labels-v2', 'labels', '^\\d{8}-');
    await workbench.pick('expected values too');
    await choose(workbench, 'expected.csv');
    await workbench.tab('Two runs compared').waitFor();
    await page.getByText('in 6 requests: "claude-haiku-4-5" → "claude-sonnet-4-6"').waitFor();
    const text = await page.locator('body').innerText();
    assert.match(text, /3 answers changed, 2 of 5 are the same\. Answered 1 only in the first run\./);
    assert.match(text, /Of 5\s+Right\s+Before\s+2\s+40\.0\s%\s+After\s+5\s+100\.0\s%/);
    assert.match(text, /billing → account\s+2\s+sales → other\s+1/);
    await seeChange(workbench, 'a-1');
  },

  async 'JSON: how often each field is the same'(workbench, page) {
    await compare(workbench, 'json-v2', 'json', '');
    await workbench.pick('Compare the answers with each other');
    await workbench.tab('Two runs compared').waitFor();
    await page.getByRole('heading', { name: 'Agreement by field' }).waitFor();
    const text = await page.locator('body').innerText();
    assert.match(text, /label\s+2\s+40\.0\s%/);
    assert.match(text, /sure\s+5\s+100\.0\s%/);
    await workbench.page.keyboard.press('Escape');
    await inThemes(workbench, page, 'comparison');
  },

  async 'prose: the words that are others are seen in the diff'(workbench) {
    const { page } = workbench;
    await compare(workbench, 'prose-v2', 'prose', '');
    await workbench.pick('Compare the answers with each other');
    await seeChange(workbench, 'p-1');
    const diff = page.locator('.monaco-diff-editor').first();
    await diff.locator('.modified .char-insert').first().waitFor();
    await diff.locator('.original .char-delete').first().waitFor();
    for (const [side, day] of [
      ['original', 'on Monday'],
      ['modified', 'on Friday'],
    ] as const)
      await diff.locator(`.${side} .view-line`, { hasText: day }).last().waitFor();
    await workbench.screenshot('comparison-prose');
  },
};

test('two runs are compared: labels, JSON and prose', async (context) => {
  writeLabels('labels', BEFORE);
  writeLabels('labels-v2', AFTER, { prefix: '20261121-', model: 'claude-sonnet-4-6' });
  const words = (label: string): string => JSON.stringify({ label, sure: true });
  writeLabels('json', BEFORE, { words });
  writeLabels('json-v2', AFTER, { words });
  writeRun('prose', [{ id: 'p-1', result: answered(PROSE) }]);
  writeRun('prose-v2', [{ id: 'p-1', result: answered(PROSE.replace('Monday', 'Friday')) }]);
  const rows = IDS.map((id, i) => `${id},${EXPECTED[i]}\n`);
  writeFileSync(inFolder('expected.csv'), `custom_id,expected\n${rows.join('')}`);
  await carryOut(steps, context, readStage(), 'comparing-runs-failed');
});
