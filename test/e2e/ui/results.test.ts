import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import type { FrameLocator } from 'playwright-core';
import { seriousViolations } from '../support/axe';
import { readStage, type Stage } from '../support/stage';
import { carryOut, type Steps } from '../support/steps';
import { inThemes } from '../support/themes';
import type { Workbench } from '../support/workbench';

const REQUESTS = 2000;

/** How request `i` ended: one in a hundred is cut off, and so on. */
function resultOf(i: number): object {
  const error = (type: string, message: string) => ({
    type: 'errored',
    error: { type: 'error', error: { type, message }, request_id: null },
  });
  const message = (text: string, stop_reason = 'end_turn') => ({
    type: 'succeeded',
    message: {
      model: 'claude-haiku-4-5-20251001',
      content: [{ type: 'text', text }],
      stop_reason,
      usage: { input_tokens: 40 + (i % 9), output_tokens: 10 + (i % 7) },
    },
  });
  if (i % 100 === 50) return message('This answer was cut', 'max_tokens');
  if (i % 50 === 7) return { type: 'expired' };
  if (i % 100 === 3) return error('overloaded_error', 'Overloaded');
  if (i % 100 === 23) return error('invalid_request_error', 'max_tokens: 99999999 > 64000');
  if (i % 200 === 63) return error('api_error', 'Internal server error');
  if (i % 200 === 83) return error('not_found_error', 'model: claude-nine');
  return message(`Answer **${i}** of the run, with some words that fill the line`);
}

function writeRun({ samples }: Stage): void {
  const ids = Array.from({ length: REQUESTS }, (_, i) => `ticket-${String(i).padStart(4, '0')}`);
  const lines = (value: (id: string, i: number) => object) => ids.map((id, i) => `${JSON.stringify(value(id, i))}\n`);
  const messages = [{ role: 'user', content: 'Hi' }];
  const requests = lines((custom_id) => ({
    custom_id,
    params: { model: 'claude-haiku-4-5', max_tokens: 99, messages },
  }));
  // The API answers in whatever order.
  const results = lines((custom_id, i) => ({ custom_id, result: resultOf(i) })).reverse();
  writeFileSync(path.join(samples, 'many.batch.jsonl'), requests.join(''));
  writeFileSync(path.join(samples, 'many.20261120T2104Z.results.jsonl'), results.join(''));
}

/** Brings the requests to the front again, by their tab. */
async function showRequests({ page }: Workbench, panel: FrameLocator): Promise<void> {
  await page.locator('.tab[aria-label^="many.batch.jsonl"]').click();
  await counted(panel, '2,000 rows');
  await rowsOf(panel).first().waitFor();
}

const rowsOf = (panel: FrameLocator) => panel.locator('#body .row');
const counted = (panel: FrameLocator, text: string) => panel.locator('#count', { hasText: text }).waitFor();

const steps: Steps = {
  async 'the table has every row, in the order of the requests'(workbench, panel) {
    await workbench.open('many.batch.jsonl');
    await workbench.statusItem('messageBatches.file').waitFor();
    await workbench.run('Message Batches: Open Results Beside');
    await counted(panel, '2,000 rows');
    await rowsOf(panel).first().getByText('ticket-0000').waitFor();
    assert.ok((await rowsOf(panel).count()) < 100);
    await workbench.screenshot('results-table');
  },

  async 'it is used by keyboard alone'(workbench, panel) {
    const { keyboard } = workbench.page;
    await panel.locator('#rows').focus();
    await keyboard.press('End');
    await panel.getByRole('heading', { name: 'ticket-1999' }).waitFor();
    await workbench.page.locator('.active-line-number', { hasText: '2000' }).waitFor();
    await keyboard.press('Home');
    await keyboard.press('ArrowDown');
    await keyboard.press('ArrowDown');
    await panel.getByRole('heading', { name: 'ticket-0002' }).waitFor();
    await workbench.page.locator('.active-line-number', { hasText: /^3$/ }).waitFor();
  },

  async 'failed requests are marked, explained, and gone through'(workbench, panel) {
    await workbench.page.locator('.cgmr').nth(2).waitFor();
    await workbench.run('Message Batches: Next Failed Request');
    await panel.getByRole('heading', { name: 'ticket-0003' }).waitFor();
    await workbench.run('Message Batches: Next Failed Request');
    await panel.getByRole('heading', { name: 'ticket-0007' }).waitFor();
    await workbench.run('Message Batches: Previous Failed Request');
    await panel.getByRole('heading', { name: 'ticket-0003' }).waitFor();
    await workbench.screenshot('results-marks');
  },

  async 'it is filtered by status, error and text'(_, panel) {
    await panel.getByLabel('Filter by status').selectOption('expired');
    await counted(panel, '40 rows');
    await panel.getByLabel('Filter by status').selectOption('failed');
    await counted(panel, '60 rows');
    await panel.getByLabel('Filter by error').selectOption('overloaded_error: Overloaded');
    await counted(panel, '20 rows');
    await panel.getByLabel('Filter by error').selectOption('');
    await panel.getByLabel('Filter by status').selectOption('');
    await panel.getByRole('searchbox').fill('answer **12');
    const found = Array.from({ length: REQUESTS }, (_, i) => JSON.stringify(resultOf(i)));
    await counted(panel, `${found.filter((result) => result.includes('Answer **12')).length} rows`);
    await panel.getByRole('button', { name: 'Use Regular Expression' }).click();
    await panel.locator('#trouble', { hasText: 'Invalid regular expression' }).waitFor();
    await panel.getByRole('searchbox').fill('ticket-000[0-4]');
    await counted(panel, '5 rows');
    await panel.getByRole('searchbox').fill('');
    await counted(panel, '2,000 rows');
  },

  async 'a retry file has the chosen lines, byte for byte'(workbench, panel) {
    await workbench.run('Message Batches: Create Retry File');
    await workbench.page.locator('.quick-input-widget', { hasText: 'Cut off at max_tokens' }).waitFor();
    await workbench.page.getByPlaceholder('Left out: 30 requests that would fail again').waitFor();
    await workbench.screenshot('results-retry');
    await workbench.page.keyboard.press('Enter');
    await workbench.tab('many.retry-1.batch.jsonl').waitFor();
    const read = (name: string) => readFileSync(path.join(readStage().samples, name), 'utf8');
    const requests = read('many.batch.jsonl').split(/(?<=\n)/);
    const again = requests.filter((_, i) => /overloaded|api_error|"expired"/.test(JSON.stringify(resultOf(i))));
    assert.equal(read('many.retry-1.batch.jsonl'), again.join(''));
    await showRequests(workbench, panel);
  },

  async 'a summary is shown'(workbench, panel) {
    await workbench.run('Message Batches: Show Summary of Results');
    await workbench.tab('Summary of many').waitFor();
    await panel.getByRole('heading', { name: 'Stop reasons' }).waitFor();
    await inThemes(workbench, panel, 'results-summary');
    await panel.getByRole('heading', { name: 'Length of the answers' }).scrollIntoViewIfNeeded();
    await workbench.screenshot('results-summary-charts');
    await workbench.tab('Summary of many').click({ button: 'middle' });
    await workbench.tab('Summary of many').waitFor({ state: 'detached' });
    await showRequests(workbench, panel);
  },

  async 'it is sorted, and shows the columns that are chosen'(_, panel) {
    await panel.getByRole('button', { name: 'Sort by custom_id' }).click();
    await panel.getByRole('button', { name: 'Sort by custom_id' }).click();
    await rowsOf(panel).first().getByText('ticket-1999').waitFor();
    await panel.locator('#columns summary').click();
    await panel.getByRole('checkbox', { name: 'Line' }).check();
    await panel.getByRole('columnheader', { name: 'Line' }).waitFor();
    await panel.locator('#columns summary').click();
  },

  async 'axe finds nothing serious in a light, a dark and a high-contrast theme'(workbench, panel) {
    await inThemes(workbench, panel, 'results', async (theme) => {
      assert.deepEqual(await seriousViolations(panel), [], theme);
    });
  },

  async 'after a reload it is as it was'(workbench, panel) {
    await workbench.reload();
    await panel.getByRole('columnheader', { name: 'Line' }).waitFor();
    await panel.locator('[role=columnheader][aria-sort=descending]', { hasText: 'custom_id' }).waitFor();
    await counted(panel, '2,000 rows');
    await panel.getByRole('heading', { name: 'ticket-0003' }).waitFor();
    await workbench.screenshot('results-restored');
  },

  async 'the results file opens read-only'(workbench) {
    await workbench.open('many.20261120T2104Z.results.jsonl');
    await workbench.page.locator('.monaco-editor.focused').waitFor();
    await workbench.page.keyboard.type('x');
    await workbench.page.locator('.monaco-editor-overlaymessage', { hasText: 'read-only' }).waitFor();
    await workbench.screenshot('results-file');
  },
};

test('ten thousand answers are read in a table', async (context) => {
  const stage = readStage();
  writeRun(stage);
  await carryOut(steps, context, stage, 'results-failed');
});
