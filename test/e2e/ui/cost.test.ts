import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { readStage } from '../support/stage';
import { carryOut, type Steps } from '../support/steps';

const { samples } = readStage();
const NAME = 'bills.batch.jsonl';
const SHARING = 'letters.batch.jsonl';
const settings = path.join(samples, 'message-batches.json');

/** What a file costs, from the estimate to the export. Each step stands on the one before. */
const steps: Steps = {
  async 'the parts, the models and the dearest requests are a page'(workbench) {
    await workbench.open(NAME);
    await workbench.lens('30 requests').waitFor();
    await workbench.run('Message Batches: Show Cost Breakdown');
    await workbench
      .webview()
      .getByRole('heading', { name: `What ${NAME} costs` })
      .waitFor();
    await workbench.webview().getByRole('cell', { name: 'System prompts' }).waitFor();
    await workbench.screenshot('cost-breakdown');
  },

  async 'a link leads to a request'(workbench) {
    await workbench.webview().getByRole('link', { name: 'bill-17', exact: true }).click();
    await workbench.page.locator('.part.statusbar', { hasText: 'Ln 18, Col 1' }).waitFor();
  },

  async 'it is written as CSV'(workbench) {
    await workbench.run('Message Batches: Export Cost Breakdown as CSV');
    await workbench.page.locator('.quick-input-widget').getByText('OK', { exact: true }).click();
    await workbench.notification('What 30 requests of').waitFor();
    const csv = readFileSync(path.join(samples, 'bills.batch.cost.csv'), 'utf8');
    if (csv.split('\r\n').length !== 32) throw new Error(csv);
  },

  async 'a sample is counted after one question, and the estimate goes by it'(workbench) {
    await workbench.tab(NAME).first().click();
    await workbench.run('Message Batches: Calibrate Estimate');
    const allowed = workbench.dialog('Use the API key from the environment');
    const question = workbench.dialog(`Send 20 requests of ${NAME}`);
    await allowed.or(question).waitFor();
    if (await allowed.isVisible()) await workbench.answer('Use It');
    await question.getByText('it costs nothing').waitFor();
    await workbench.screenshot('calibrate');
    await workbench.answer('Count Tokens');
    await workbench.notification('by 20 counted requests').waitFor();
    await workbench.screenshot('calibrated');
    await workbench.respond('by 20 counted requests', 'Show Cost Breakdown');
    await workbench.webview().getByText('that the API counted on').waitFor();
  },

  async 'other models stand side by side'(workbench) {
    await workbench.tab(NAME).first().click();
    await workbench.run('Message Batches: Compare Models');
    await workbench
      .webview()
      .getByRole('heading', { name: `What ${NAME} would cost with other models` })
      .waitFor();
    await workbench.screenshot('compare-models');
  },

  async 'costs stand at line ends where that is set'(workbench) {
    await workbench.tab(NAME).first().click();
    mkdirSync(path.join(samples, '.vscode'), { recursive: true });
    const set = { 'messageBatches.showCostInline': true, 'editor.wordWrap': 'on' };
    writeFileSync(path.join(samples, '.vscode', 'settings.json'), JSON.stringify(set));
    await workbench.page.locator('.view-line', { hasText: '≈ 278 tokens · $0.00078, up to $' }).first().waitFor();
    await workbench.screenshot('cost-inline');
  },

  async 'what requests share is told, and so is the one that begins otherwise, with a link to its counterpart'(
    workbench,
  ) {
    await workbench.open(SHARING);
    await workbench.goTo(1, letter(0).indexOf('"system"') + 3);
    await workbench.run('Show or Focus Hover');
    await workbench.hover().getByText('29 requests share about').first().waitFor();
    await workbench.screenshot('cache-hint');
    await workbench.page.keyboard.press('Escape');
    // The character that differs is selected.
    const differs = await workbench.problem('this one differs from them here');
    await differs.click();
    await workbench.cursorAt(13, letter(12).indexOf('file') + 2);
    await workbench.screenshot('cache-differs');
    await (await workbench.problem('What the others say')).click();
    await workbench.cursorAt(1, letter(0).indexOf('sort') + 2);
  },

  async 'one fix has it cached in all of them, and is seen before it is made'(workbench) {
    await workbench.goTo(1, letter(0).indexOf('"system"') + 3);
    await workbench.fix('Cache What They Share for an Hour in 29 requests');
    const preview = workbench.refactorPreview();
    await preview.row('"system":[{"type":"text","text":').waitFor();
    await workbench.screenshot('cache-preview');
    await preview.apply();
    await workbench.run('File: Save');
    await workbench.tab(SHARING).and(workbench.page.locator(':not(.dirty)')).first().waitFor();
    await workbench.run('Message Batches: Show Cost Breakdown');
    await workbench.webview().getByRole('columnheader', { name: 'In a batch with caching' }).waitFor();
    await workbench.webview().getByText('all of them mark it').waitFor();
    await workbench.screenshot('cost-with-caching');
    const marks = readFileSync(path.join(samples, SHARING), 'utf8').match(
      /"cache_control":\{"type":"ephemeral","ttl":"1h"\}/g,
    );
    if (marks?.length !== 29) throw new Error(`${marks?.length} requests are marked`);
  },

  async 'nothing is sent by settings that are not understood, and a button leads to the fault'(workbench) {
    writeFileSync(settings, '{\n  "maxcost": 0.01\n}\n');
    await workbench.run('Message Batches: Submit Batch');
    await workbench.dialog('Mend message-batches.json first').getByText('line 2: "maxcost" is no setting').waitFor();
    await workbench.screenshot('settings-fault');
    await workbench.answer('Open message-batches.json');
    await workbench.page.locator('.tab.active', { hasText: 'message-batches.json' }).waitFor();
    await workbench.page.locator('.part.statusbar', { hasText: 'Ln 2' }).waitFor();
  },

  async 'a budget names both figures and what would help'(workbench) {
    writeFileSync(settings, '{\n  "maxCost": 0.02\n}\n');
    await workbench.tab(NAME).first().click();
    await workbench.run('Message Batches: Submit Batch');
    await workbench
      .dialog('It could cost more than is allowed')
      .getByText('It would help: max_tokens 256 → 128: at most')
      .waitFor();
    await workbench.screenshot('budget');
    await workbench.answer('Cancel');
  },
};

/** One of 30 requests with the same long system prompt, but for the 13th. */
function letter(index: number): string {
  const system = `You ${index === 12 ? 'file' : 'sort'} letters. ${'Answer with the one word that says what it is for. '.repeat(600)}`;
  const params = {
    model: 'claude-haiku-4-5',
    max_tokens: 64,
    system,
    messages: [{ role: 'user', content: `Letter ${index}` }],
  };
  return JSON.stringify({ custom_id: `letter-${index}`, params });
}

test('what a file costs is shown, counted, exported and bounded', async (context) => {
  const system = 'You sort bills by what they are for. '.repeat(20);
  const requests = Array.from({ length: 30 }, (_, i) => ({
    custom_id: `bill-${i}`,
    params: {
      model: 'claude-haiku-4-5',
      max_tokens: 256,
      system,
      messages: [{ role: 'user', content: 'Paper, ink and postage for May. '.repeat(i === 17 ? 400 : 10 + i) }],
    },
  }));
  writeFileSync(path.join(samples, NAME), requests.map((request) => `${JSON.stringify(request)}\n`).join(''));
  writeFileSync(path.join(samples, SHARING), Array.from({ length: 30 }, (_, i) => `${letter(i)}\n`).join(''));
  try {
    await carryOut(steps, context, readStage(), 'failed-cost');
  } finally {
    rmSync(path.join(samples, '.vscode'), { recursive: true, force: true });
    for (const name of [NAME, SHARING, 'bills.batch.cost.csv', 'message-batches.json'])
      if (existsSync(path.join(samples, name))) rmSync(path.join(samples, name));
  }
});
