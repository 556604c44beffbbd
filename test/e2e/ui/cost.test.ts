import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { readStage } from '../support/stage';
import { carryOut, type Steps } from '../support/steps';

const { samples } = readStage();
const NAME = 'bills.batch.jsonl';
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

  async 'costs stand at line ends where that is set'(workbench) {
    await workbench.tab(NAME).first().click();
    mkdirSync(path.join(samples, '.vscode'), { recursive: true });
    const set = { 'messageBatches.showCostInline': true, 'editor.wordWrap': 'on' };
    writeFileSync(path.join(samples, '.vscode', 'settings.json'), JSON.stringify(set));
    await workbench.page.locator('.view-line', { hasText: '≈ 278 tokens · $0.00078, up to $' }).first().waitFor();
    await workbench.screenshot('cost-inline');
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
  try {
    await carryOut(steps, context, readStage(), 'failed-cost');
  } finally {
    rmSync(path.join(samples, '.vscode'), { recursive: true, force: true });
    for (const name of [NAME, 'bills.batch.cost.csv', 'message-batches.json'])
      if (existsSync(path.join(samples, name))) rmSync(path.join(samples, name));
  }
});
