import assert from 'node:assert/strict';
import { appendFileSync, closeSync, openSync, readFileSync, writeSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { readStage } from '../support/stage';
import { carryOut, type Steps } from '../support/steps';
import type { Workbench } from '../support/workbench';

const NAME = 'large.batch.jsonl';
const REQUESTS = 30_000;
/** 1-based lines with a mistake. */
const BAD = [1, 15_000];

const stage = readStage();
const file = path.join(stage.samples, NAME);

/** A file of 60 MB, which VS Code hands to no extension, by what a person sees and does. Each step stands on the one before. */
const steps: Steps = {
  async 'what is wrong is underlined and listed, and the status bar says what was checked'(workbench) {
    await workbench.open(NAME);
    await status(workbench, /checked from disk at \d\d:\d\d · 30,000 requests · 6\d MB/);
    await workbench.squiggles('error').first().waitFor();
    await workbench.problem('"claude-haiku-4.5" is not in the list of models');
    await workbench.file(NAME).locator('.monaco-icon-label[class*="explorer-item"]').waitFor();
    await workbench.screenshot('large-file');
  },

  async 'a request is gone to by its id and by its number'(workbench) {
    await workbench.run('Message Batches: Go to Request');
    await workbench.type('request-15000');
    await cursorAt(workbench, 15_000);
    await workbench.squiggles('error').first().waitFor();
    await workbench.run('Message Batches: Go to Request');
    await workbench.type('29999');
    await cursorAt(workbench, 29_999);
  },

  async 'its menu in the explorer has what can be done with it'({ page, file }) {
    await file(NAME).click({ button: 'right' });
    const menu = page.locator('.monaco-menu');
    await menu.getByText('Message Batches', { exact: true }).hover();
    for (const entry of ['Check File', 'Show Cost Breakdown', 'Submit Batch', 'Go to Request…', 'Open Requests From…'])
      await menu.getByText(entry, { exact: true }).waitFor();
    await page.keyboard.press('Escape');
    await page.keyboard.press('Escape');
    await menu.first().waitFor({ state: 'detached' });
  },

  async 'while it grows the status says so, and then it is checked again'(workbench) {
    appendFileSync(file, line(REQUESTS + 1));
    await status(workbench, 'being written');
    await status(workbench, /checked from disk at \d\d:\d\d · 30,001 requests/);
  },

  async 'some of its requests are a document in which everything works'(workbench) {
    await workbench.run('Message Batches: Open Requests From');
    await workbench.type('request-14999');
    await workbench.tab('large.batch.14999-15498.jsonl').waitFor();
    await status(workbench, /part of large\.batch\.jsonl, checked by itself · 500 requests/);
    await workbench.squiggles('error').first().waitFor();
    await workbench.goTo(2, 55);
    await workbench.fix('Change to "claude-haiku-4-5"');
    await workbench.squiggles('error').first().waitFor({ state: 'detached' });
    await workbench.screenshot('requests-of-a-large-file');
    const before = readFileSync(file);
    await saved(workbench);
    assert.ok(readFileSync(file).equals(withBytes(before, '"claude-haiku-4.5"', '"claude-haiku-4-5"', 15_000)));
  },

  async 'the next requests take their place, and the previous ones come back'(workbench) {
    await workbench.run('Message Batches: Open Next Requests');
    await workbench.tab('large.batch.15499-15998.jsonl').waitFor();
    await workbench.run('Message Batches: Open Previous Requests');
    await workbench.page.locator('.tab.active', { hasText: 'large.batch.14999-15498.jsonl' }).waitFor();
    await workbench.run('Message Batches: Open Previous Requests');
    await workbench.page.locator('.tab.active', { hasText: 'large.batch.14499-14998.jsonl' }).waitFor();
    await workbench.tab('large.batch.15499-15998.jsonl').waitFor({ state: 'detached' });
  },

  async 'one request is edited by its id, and every other byte stays'(workbench) {
    const before = readFileSync(file);
    await workbench.open(NAME);
    await workbench.run('Message Batches: Edit Request');
    await workbench.type('request-20000');
    await workbench.tab('large.batch.request-20000.json').waitFor();
    await status(workbench, /part of large\.batch\.jsonl/);
    await workbench.goTo(5, 22);
    await workbench.page.keyboard.type('1');
    await workbench.screenshot('edit-request');
    await saved(workbench);
    assert.ok(readFileSync(file).equals(withBytes(before, '"max_tokens":200', '"max_tokens":2001', 20_000)));
    await workbench.run('Message Batches: Undo Last Edit on Disk');
    await workbench.notification('The last edit of large.batch.jsonl is undone').waitFor();
    assert.ok(readFileSync(file).equals(before));
    await workbench.run('View: Close All Editors');
  },

  async 'with unsaved changes it is neither checked nor submitted'(workbench) {
    await workbench.open(NAME);
    await workbench.goTo(1, 1);
    await workbench.page.keyboard.type(' ');
    await status(workbench, 'unsaved changes are not checked');
    await workbench.run('Message Batches: Submit Batch');
    await workbench.notification('large.batch.jsonl has changes that are not saved').waitFor();
    await workbench.run('File: Revert File');
    await status(workbench, /checked from disk at/);
  },
};

test('a file of 60 MB', async (context) => {
  generate();
  await carryOut(steps, context, stage, 'large-file-failed');
});

function generate(): void {
  const target = openSync(file, 'w');
  for (let number = 1; number <= REQUESTS; number += 1000)
    writeSync(target, Array.from({ length: 1000 }, (_, i) => line(number + i)).join(''));
  closeSync(target);
}

/** A line of about 2 KB, with its terminator. */
function line(number: number): string {
  const model = BAD.includes(number) ? 'claude-haiku-4.5' : 'claude-haiku-4-5';
  const content = `Ticket ${number}: ${'my reading lamp flickers whenever the kettle is on. '.repeat(36)}`;
  const params = { model, max_tokens: 200, messages: [{ role: 'user', content }] };
  return `${JSON.stringify({ custom_id: `request-${number}`, params })}\n`;
}

function status({ statusItem }: Workbench, said: string | RegExp): Promise<void> {
  return statusItem('messageBatches.file').filter({ hasText: said }).waitFor();
}

function cursorAt({ page }: Workbench, line: number): Promise<void> {
  return page.locator('.part.statusbar', { hasText: `Ln ${line}, Col 1` }).waitFor();
}

/** Saves the document in front and waits until it is. */
async function saved({ page }: Workbench): Promise<void> {
  await page.locator('.tab.active.dirty').first().waitFor();
  await page.keyboard.press('Control+S');
  await page.locator('.tab.active.dirty').waitFor({ state: 'detached' });
}

/** `bytes` with the first `text` from a 1-based line on replaced. */
function withBytes(bytes: Buffer, text: string, other: string, line: number): Buffer {
  const start = bytes.indexOf(text, bytes.indexOf(`"request-${line}"`));
  return Buffer.concat([bytes.subarray(0, start), Buffer.from(other), bytes.subarray(start + text.length)]);
}
