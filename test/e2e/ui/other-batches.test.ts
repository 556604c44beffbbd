import assert from 'node:assert/strict';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { apiOf, batchText } from '../support/api';
import { readStage } from '../support/stage';
import { carryOut, type Steps } from '../support/steps';

const stage = readStage();
const api = apiOf(stage.api);
const ids = ['theirs-1', 'theirs-2', 'theirs-3'];
const made = { three: '', first: '' };

const steps: Steps = {
  async 'they are listed when the list is opened, once there is a key'({
    openContainer,
    page,
    dialog,
    answer,
    treeRow,
  }) {
    made.first = await api.create(['old']);
    for (let n = 0; n < 24; n++) await api.create([`one-${n}`]);
    made.three = await api.create(ids);
    await api.ended(made.three);
    await openContainer('Message Batches');
    await page.getByRole('button', { name: /^Others in This API Workspace/ }).click();
    await page.getByRole('button', { name: 'List Batches' }).click();
    await dialog('Use the API key from the environment').waitFor();
    await answer('Use It');
    await treeRow(made.three).filter({ hasText: '3 requests ended' }).waitFor();
    await page.locator('.pane-header', { hasText: 'key …x4f2 (environment)' }).waitFor();
  },

  async 'the next page is read when it is asked for'({ page, treeRow, screenshot }) {
    assert.equal(await treeRow(made.first).count(), 0);
    const more = treeRow('Load More');
    const list = page.getByRole('tree', { name: /Others in This API Workspace/ });
    await list.focus();
    await page.keyboard.press('End');
    await more.waitFor();
    await screenshot('other-batches');
    await page.keyboard.press('Enter');
    await more.waitFor({ state: 'detached' });
    await page.keyboard.press('End');
    await treeRow(made.first).waitFor();
  },

  async 'one is deleted after a question that says whose it may be'(workbench) {
    await workbench.menu(workbench.treeRow(made.first), 'Delete Batch at Anthropic…');
    await workbench.dialog("it may be a colleague's").waitFor();
    await workbench.screenshot('other-batches-delete');
    await workbench.answer('Delete Batch');
    await workbench.treeRow(made.first).waitFor({ state: 'detached' });
    assert.equal(await api.exists(made.first), false);
  },

  async 'results are opened by the id of a batch'(workbench) {
    await workbench.run('Message Batches: Open Results of a Batch');
    await workbench.type(made.three);
    const place = workbench.page.locator('.quick-input-widget input').first();
    await workbench.page.locator('.quick-input-widget', { hasText: 'Fetch Results To' }).waitFor();
    while (!(await place.inputValue()).endsWith(`${made.three}.results.jsonl`));
    await workbench.page.keyboard.press('Enter');
    await workbench.webview().getByText('theirs-2').first().waitFor();
    const rows = readFileSync(path.join(stage.samples, `${made.three}.results.jsonl`), 'utf8');
    assert.equal(rows.trim().split('\n').length, 3);
  },

  async 'a file with other ids is found out, and its name is not given to the results'(workbench) {
    writeFileSync(path.join(stage.samples, 'mine.batch.jsonl'), batchText(['theirs-1', 'theirs-2', 'mine-3']));
    await workbench.openContainer('Explorer');
    await workbench.open('mine.batch.jsonl');
    await workbench.lens('3 requests').waitFor();
    await workbench.run('Message Batches: Attach Batch to a File');
    await workbench.type(made.three);
    await workbench.pick('mine.batch.jsonl');
    await workbench.notification('is not made of mine.batch.jsonl: 2 rows of it do not fit').waitFor();
  },

  async 'the file with its ids is found right, and its results open beside it'(workbench) {
    writeFileSync(path.join(stage.samples, 'theirs.batch.jsonl'), batchText(ids));
    await workbench.open('theirs.batch.jsonl');
    await workbench.lens('3 requests').waitFor();
    await workbench.run('Message Batches: Attach Batch to a File');
    await workbench.type(made.three);
    await workbench.pick('theirs.batch.jsonl');
    await workbench.notification('theirs: 3 answered').waitFor();
    await workbench.respond('theirs: 3 answered', 'Open Results');
    await workbench.webview().getByRole('heading', { name: 'theirs-1' }).waitFor();
    await workbench.openContainer('Message Batches');
    await workbench.treeRow('theirs').filter({ hasText: '3 answered' }).waitFor();
    await workbench.screenshot('attached');
  },
};

test('batches that were not submitted from here', async (context) => {
  await carryOut(steps, context, stage, 'failed-other-batches');
  assert.ok(!existsSync(path.join(stage.samples, 'mine.results.jsonl')));
});
