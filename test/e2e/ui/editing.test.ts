import assert from 'node:assert/strict';
import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { readStage } from '../support/stage';
import { carryOut, type Steps } from '../support/steps';
import type { Workbench } from '../support/workbench';

const NAME = 'writing.batch.jsonl';
const stage = readStage();
const file = path.join(stage.samples, NAME);

/** How a request and its texts are written, by palette and keyboard. Each step stands on the one before. */
const steps: Steps = {
  async 'the request under the cursor opens beside, with its problems'(workbench) {
    await workbench.open(NAME);
    await workbench.squiggles('error').first().waitFor();
    await workbench.goTo(7, 5);
    await workbench.press('Control+Alt+E', workbench.tab('writing.batch.ticket-007.json'));
    await request(workbench).locator('.squiggly-error').first().waitFor();
    await workbench.screenshot('edit-request-problems');
  },

  async 'its problems have fixes, and keys are completed'(workbench) {
    const { keyboard } = workbench.page;
    await workbench.goTo(4, 18);
    await workbench.fix('Change to "claude-haiku-4-5"');
    await request(workbench).locator('.squiggly-error').first().waitFor({ state: 'detached' });
    await workbench.goTo(5, 23);
    await keyboard.press('Enter');
    await keyboard.type('"serv');
    await workbench.suggestion('service_tier').waitFor();
    await workbench.screenshot('edit-request-completion');
    await keyboard.press('Enter');
    await workbench.suggestion('auto').click();
    await saved(workbench);
    const [before, after] = [sample().split('\n'), readFileSync(file, 'utf8').split('\n')];
    const mended = before[6]!
      .replace('claude-haiku-4.5', 'claude-haiku-4-5')
      .replace('"max_tokens":200,', '"max_tokens":200,"service_tier":"auto",');
    assert.deepEqual(after, before.with(6, mended));
  },

  async 'a system prompt that all requests share is edited as a text'(workbench) {
    await workbench.run('View: Close All Editors');
    await workbench.open(NAME);
    await workbench.goTo(2, 110);
    await workbench.run('Message Batches: Edit Text');
    await workbench.pick('that have the same');
    await workbench.tab('writing.batch.all.system.md').waitFor();
    await workbench.goTo(1, 1);
    await workbench.page.keyboard.type('# Task\n\nBe "brief".\n\n');
    await workbench.screenshot('edit-text');
    await saved(workbench);
    const systems = requests().map(({ params }) => params.system);
    assert.ok(systems.filter((system) => system?.startsWith('# Task\n\nBe "brief".\n\nYou sort support')).length > 30);
  },

  async 'one step back in the file undoes it in all of them'(workbench) {
    await workbench.page.keyboard.press('Control+1');
    await workbench.page.keyboard.press('Control+Z');
    await workbench.page.keyboard.press('Control+S');
    await workbench.page.locator('.tab.dirty').first().waitFor({ state: 'detached' });
    assert.deepEqual(
      requests().filter(({ params }) => params.system?.includes('# Task')),
      [],
    );
  },

  async 'a text is shown as the Markdown that it is'(workbench) {
    await workbench.run('View: Close All Editors');
    await workbench.open(NAME);
    await workbench.goTo(2, 110);
    await workbench.run('Message Batches: Preview Text as Markdown');
    await workbench.tab('Preview').waitFor();
    await workbench.webview().getByText('You sort support tickets').waitFor();
  },

  async 'a request that was renamed stays in its tab, also after the window was reloaded'(workbench) {
    await workbench.run('View: Close All Editors');
    await workbench.open(NAME);
    await workbench.goTo(11, 5);
    await workbench.run('Message Batches: Edit Request');
    await workbench.tab('writing.batch.ticket-011.json').waitFor();
    await workbench.goTo(2, 20);
    await workbench.page.keyboard.type('x');
    await saved(workbench);
    assert.match(readFileSync(file, 'utf8').split('\n')[10] ?? '', /^\{"custom_id":"ticxket-011"/);
    await workbench.reloadWindow();
    const renamed = request(workbench).locator('.view-line', { hasText: '"ticxket-011"' });
    await renamed.first().waitFor();
    await workbench.screenshot('renamed-and-reloaded');
    await workbench.goTo(4, 18);
  },

  async 'a request is shown as it is read, and the view follows the cursor'(workbench) {
    await workbench.run('View: Close All Editors');
    await workbench.open(NAME);
    await workbench.goTo(2, 5);
    await workbench.run('Message Batches: Preview Request');
    const preview = workbench.webview();
    await preview.getByRole('heading', { name: 'ticket-002' }).waitFor();
    await preview.getByText('You sort support tickets').waitFor();
    await preview.getByRole('heading', { name: '1. User' }).getByText('token').waitFor();
    await workbench.screenshot('preview-request');
    await workbench.goTo(3, 5);
    await preview.getByRole('heading', { name: 'ticket-003' }).waitFor();
    await workbench.press('Control+Alt+E', workbench.tab('writing.batch.ticket-003.json'));
  },

  async 'a request that was changed on disk meanwhile is compared before anything is overwritten'(workbench) {
    await workbench.run('View: Close All Editors');
    await workbench.open(NAME);
    await workbench.goTo(10, 5);
    await workbench.run('Message Batches: Edit Request');
    await workbench.tab('writing.batch.ticket-010.json').waitFor();
    await workbench.goTo(5, 22);
    await workbench.page.keyboard.type('9');
    const text = readFileSync(file, 'utf8');
    const theirs = text.replace(/("ticket-010".*?"max_tokens":)200/, (_, head: string) => `${head}300`);
    writeFileSync(file, theirs);
    await workbench.page.locator('.editor-group-container').first().getByText('300').first().waitFor();
    await workbench.page.keyboard.press('Control+S');
    await workbench.respond('Failed to save', 'Compare');
    await workbench.page.locator('.monaco-diff-editor').getByText('2009').waitFor();
    await workbench.screenshot('edit-request-compare');
    assert.equal(readFileSync(file, 'utf8'), theirs);
    // What is not saved would come back in the next window: until a file is read again, its backup is surely gone.
    await workbench.run('View: Close All Editors');
    await workbench.answer("Don't Save");
    await workbench.page.locator('.tab').first().waitFor({ state: 'detached' });
    await workbench.open('tickets.batch.jsonl');
  },
};

const TEXTS = {
  custom_id: 'texts',
  params: {
    model: 'claude-haiku-4-5',
    max_tokens: 64,
    tools: [{ name: 'find', description: 'Finds orders.\n\nBy "number".', input_schema: { type: 'object' } }],
    messages: [{ role: 'user', content: [{ type: 'text', text: 'Where is\nmy order?' }] }],
  },
};

/** Texts beside the system prompt, written by a program that spaces and escapes in its own way. */
const otherTexts: Steps = {
  async 'the text under the cursor, and one that is chosen'(workbench) {
    const line = spaced(TEXTS);
    await workbench.open('texts.batch.jsonl');
    await workbench.goTo(1, line.indexOf('my order') + 1);
    await workbench.run('Message Batches: Edit Text');
    await workbench.opened('texts.batch.texts.messages.0.content.0.text.md');
    await workbench.goTo(2, 1);
    await workbench.page.keyboard.type('oh, ');
    await saved(workbench);
    await workbench.run('View: Close All Editors');
    await workbench.open('texts.batch.jsonl');
    await workbench.goTo(1, 1);
    await workbench.run('Message Batches: Edit Text');
    await workbench.page.getByText('Which text?').or(workbench.page.getByPlaceholder('Which text?')).first().waitFor();
    await workbench.screenshot('edit-text-choice');
    await workbench.pick('Tool find');
    await workbench.opened('texts.batch.texts.tools.0.description.md');
    await workbench.goTo(3, 1);
    await workbench.page.keyboard.type('- ');
    await saved(workbench);
    await workbench.screenshot('edit-tool-description');
    const expected = line.replace('my order', 'oh, my order').replace('By ', '- By ');
    assert.equal(readFileSync(path.join(stage.samples, 'texts.batch.jsonl'), 'utf8'), `${expected}\n`);
  },
};

/** As Python writes JSON. */
function spaced(value: object): string {
  return JSON.stringify(value, null, 1)
    .replaceAll(/\n */g, ' ')
    .replaceAll(/([[{]) | ([\]}])/g, '$1$2');
}

test('any text of a request is edited in a document of its own', async (context) => {
  writeFileSync(path.join(stage.samples, 'texts.batch.jsonl'), `${spaced(TEXTS)}\n`);
  await carryOut(otherTexts, context, stage, 'other-texts-failed');
});

test('requests and their texts are edited in documents of their own', async (context) => {
  copyFileSync(path.join('samples', 'tickets.batch.jsonl'), file);
  await carryOut(steps, context, stage, 'editing-failed');
});

const sample = (): string => readFileSync(path.join('samples', 'tickets.batch.jsonl'), 'utf8');

/** What lies on disk, where it can be read. */
function requests(): { params: { system?: string } }[] {
  const lines = readFileSync(file, 'utf8').split('\n');
  return lines.filter((line) => line.startsWith('{') && line.endsWith('}')).map((line) => JSON.parse(line));
}

/** The editor at the right. */
function request({ page }: Workbench) {
  return page.locator('.editor-group-container').last();
}

async function saved({ page }: Workbench): Promise<void> {
  await page.locator('.tab.active.dirty').first().waitFor();
  await page.keyboard.press('Control+S');
  await page.locator('.tab.dirty').first().waitFor({ state: 'detached' });
}
