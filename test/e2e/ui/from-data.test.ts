import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { readStage } from '../support/stage';
import { carryOut, type Steps } from '../support/steps';

const stage = readStage();
const at = (name: string): string => path.join(stage.samples, name);

const TEMPLATE = JSON.stringify({
  custom_id: 'order-{{number}}',
  params: {
    model: 'claude-haiku-4-5',
    max_tokens: '{{limit}}',
    messages: [{ role: 'user', content: 'About {{abuot}}' }],
  },
});

const PDF = Buffer.from('%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\n');

/** Batch files from JSON and from folders, begun in the explorer. Each step stands on the one before. */
const steps: Steps = {
  async 'a column that the data lacks is named, and nothing is made'(workbench) {
    await workbench.menu(workbench.file('orders.json'), 'New Batch File from Data');
    await workbench.pick('orders.template.json');
    await workbench.notification('The data has no column "abuot"; did you mean "about"?').waitFor();
    await workbench.run('Notifications: Clear All Notifications');
    assert.equal(existsSync(at('orders.batch.jsonl')), false);
  },

  async 'a JSON array becomes a batch file, once its problems were looked at'(workbench) {
    writeFileSync(at('orders.template.json'), TEMPLATE.replace('abuot', 'about'));
    await workbench.menu(workbench.file('orders.json'), 'New Batch File from Data');
    await workbench.pick('orders.template.json');
    const preview = workbench.webview();
    await preview.getByRole('heading', { name: 'order-7' }).waitFor();
    await preview.getByText('error: ').first().waitFor();
    await workbench.page.getByText('1 error: the preview shows').first().waitFor();
    await workbench.screenshot('from-json');
    await workbench.page.keyboard.press('Escape');
    await workbench.page.locator('.quick-input-widget').waitFor({ state: 'hidden' });
    assert.equal(existsSync(at('orders.batch.jsonl')), false);
    await workbench.menu(workbench.file('orders.json'), 'New Batch File from Data');
    await workbench.pick('orders.template.json');
    await workbench.pick('Create 3 Requests');
    await workbench.opened('orders.batch.jsonl');
    const requests = linesOf('orders.batch.jsonl').map((line) => JSON.parse(line));
    assert.deepEqual(
      requests.map(({ custom_id: id, params }) => [id, params.max_tokens, params.messages[0].content]),
      [
        ['order-7', 64, 'About "late"\nand wet'],
        ['order-8', 0, 'About nothing'],
        ['order-9-1', 64, 'About [1,2]'],
      ],
    );
    assert.match(readFileSync(at('orders.ids.csv'), 'utf8'), /^order-9\/1,order-9-1,3\r$/m);
    // The list of files moves no more.
    await workbench.file('orders.ids.csv').waitFor();
  },

  async 'a folder of PDFs, images and texts becomes one, with a template made for it'(workbench) {
    await workbench.menu(workbench.file('papers'), 'New Batch File from Data');
    await workbench.pick('New Template from the Columns');
    await workbench.opened('papers.template.json');
    await workbench.page.locator('.view-line', { hasText: '{{block}}' }).first().waitFor();
    await workbench.screenshot('template-for-a-folder');
    writeFileSync(
      at('papers.template.json'),
      readFileSync(at('papers.template.json'), 'utf8').replace('"text": ""', '"text": "Sum up {{name}}."'),
    );
    await workbench.page.locator('.view-line', { hasText: 'Sum up' }).first().waitFor();
    await workbench.respond('Say what is asked of each row', 'Preview Requests');
    await workbench.webview().getByRole('heading', { name: '2-pdf' }).waitFor();
    await workbench.page.getByText('1 file of the folder left out').first().waitFor();
    await workbench.screenshot('from-a-folder');
    await workbench.pick('Create 4 Requests');
    await workbench.opened('papers.batch.jsonl');
    const requests = linesOf('papers.batch.jsonl').map((line) => JSON.parse(line));
    assert.deepEqual(
      requests.map(({ custom_id: id }) => id),
      ['2-pdf', '10-pdf', 'a-png', 'notes-txt'],
    );
    const [document, question] = requests[1].params.messages[0].content;
    assert.deepEqual(document.source, { type: 'base64', media_type: 'application/pdf', data: PDF.toString('base64') });
    assert.equal(question.text, 'Sum up 10.pdf.');
  },
};

function linesOf(name: string): string[] {
  return readFileSync(at(name), 'utf8').trimEnd().split('\n');
}

test('batch files are made from JSON and folders', async (context) => {
  const orders = [
    { number: 7, limit: 64, about: '"late"\nand wet' },
    { number: 8, limit: 0, about: 'nothing' },
    { number: '9/1', limit: 64, about: [1, 2] },
  ];
  writeFileSync(at('orders.json'), JSON.stringify({ orders }, null, 2));
  writeFileSync(at('orders.template.json'), TEMPLATE);
  mkdirSync(at('papers'));
  const png = Buffer.from('89504e470d0a1a0a0000000d4948445200000320000002580802000000', 'hex');
  const files = { '2.pdf': PDF, '10.pdf': PDF, 'a.png': png, 'notes.txt': 'Notes', junk: Buffer.from([0, 255]) };
  for (const [name, content] of Object.entries(files)) writeFileSync(path.join(at('papers'), name), content);
  await carryOut(steps, context, stage, 'from-data-failed');
});
