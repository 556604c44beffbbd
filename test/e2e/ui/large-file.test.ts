import assert from 'node:assert/strict';
import { appendFileSync, closeSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
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

  async 'the next request follows on the one that was gone to'(workbench) {
    await workbench.run('Message Batches: Previous Request');
    await cursorAt(workbench, 29_998);
  },

  async 'its menu in the explorer has what can be done with it'({ page, file }) {
    // That the folder is trusted comes to be known a while after the window.
    await page.locator('.editor-actions .action-label[aria-label^="Submit Batch"]').first().waitFor();
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

  async 'a check that goes on is stopped by a click, and another click checks it'(workbench) {
    const label = workbench.statusItem('messageBatches.file').locator('a');
    const stopped = label.filter({ hasText: 'check stopped' });
    // It may be done before it could be stopped.
    for (let tries = 0; tries < 10 && !(await stopped.isVisible()); tries++) {
      appendFileSync(file, line(REQUESTS + 2 + tries));
      await status(workbench, 'being written');
      await label.filter({ hasText: /checking from disk, \d+ %/ }).dispatchEvent('click');
      await status(workbench, /check stopped|checked from disk at/);
    }
    await stopped.waitFor();
    await workbench.screenshot('check-stopped');
    await workbench.squiggles('error').first().waitFor({ state: 'detached' });
    await stopped.click();
    await workbench.notification(/large.batch.jsonl: 30,0\d\d requests, 2 errors/).waitFor();
    await status(workbench, /checked from disk at \d\d:\d\d · 30,0\d\d requests/);
    await workbench.run('Notifications: Clear All Notifications');
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

  async 'one request is edited by its id, every other byte stays, and that is undone after a reload'(workbench) {
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
    await workbench.run('View: Close All Editors');
    await workbench.page.locator('.tab').first().waitFor({ state: 'detached' });
    await workbench.reload();
    await workbench.run('Message Batches: Undo Last Edit on Disk');
    await workbench.notification('The last edit of large.batch.jsonl is undone').waitFor();
    assert.ok(readFileSync(file).equals(before));
  },

  async 'typical requests of it would be tried, and one is copied as code'(workbench) {
    await workbench.open(NAME);
    await status(workbench, /checked from disk at/);
    await workbench.run('Message Batches: Try One Now');
    await workbench.pick('First, Median and Longest Request');
    await workbench.notification('Nothing was sent. The request "request-1" (line 1) has an error').waitFor();
    await workbench.run('Message Batches: Copy Request as');
    await workbench.type('request-29000');
    await workbench.pick('curl');
    await workbench.page.getByText('The request is on the clipboard as curl').waitFor();
    assert.match(await workbench.clipboard(), /Ticket 29000: my reading lamp/);
  },

  async 'many of its requests are edited in a copy'(workbench) {
    await workbench.run('Message Batches: Bulk Edit Requests');
    await workbench.pick('Remove a Field');
    await workbench.fill('The field to remove', 'max_tokens');
    await workbench.pick('Only Where a Condition Holds');
    await workbench.fill('The condition', 'custom_id~^request-2000$');
    await workbench.notification('large.edited.batch.jsonl: 1 request changed.').waitFor();
    const copy = path.join(stage.samples, 'large.edited.batch.jsonl');
    assert.ok(readFileSync(copy).equals(withBytes(readFileSync(file), ',"max_tokens":200', '', 2000)));
    rmSync(copy);
    await workbench.run('Notifications: Clear All Notifications');
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

/** A file of 60 MB that is no batch file is left alone, unless a person says what it is. */
const logSteps: Steps = {
  async 'a large log has no status'(workbench) {
    await workbench.open('large-log.jsonl');
    await workbench.statusItem('messageBatches.file').waitFor({ state: 'hidden' });
    assert.equal(await workbench.squiggles('error').count(), 0);
  },

  async 'it is checked once a person calls it a batch file, and left alone again'(workbench) {
    await workbench.run('Message Batches: Treat as Batch File');
    await status(workbench, /checked from disk at/);
    await workbench.squiggles('error').first().waitFor();
    await workbench.run('Message Batches: Not a Batch File');
    await workbench.statusItem('messageBatches.file').waitFor({ state: 'hidden' });
    await workbench.squiggles('error').first().waitFor({ state: 'detached' });
  },
};

test('a log of 60 MB', async (context) => {
  writeLines(
    path.join(stage.samples, 'large-log.jsonl'),
    (number) => `{"jsonrpc":"2.0","id":${number},"result":"${'x'.repeat(2000)}"}\n`,
  );
  await carryOut(logSteps, context, stage, 'large-log-failed');
});

test('a file of 60 MB', async (context) => {
  writeLines(file, line);
  await carryOut(steps, context, stage, 'large-file-failed');
});

/** `REQUESTS` lines, by their 1-based numbers. */
function writeLines(target: string, lineOf: (number: number) => string): void {
  const open = openSync(target, 'w');
  for (let number = 1; number <= REQUESTS; number += 1000)
    writeSync(open, Array.from({ length: 1000 }, (_, i) => lineOf(number + i)).join(''));
  closeSync(open);
}

/** A line of about 2 KB, with its terminator. */
function line(number: number): string {
  const model = BAD.includes(number) ? 'claude-haiku-4.5' : 'claude-haiku-4-5';
  const content = `Ticket ${number}: ${'my reading lamp flickers whenever the kettle is on. '.repeat(36)}`;
  const params = { model, max_tokens: 200, messages: [{ role: 'user', content }] };
  return `${JSON.stringify({ custom_id: `request-${number}`, params })}\n`;
}

/** A busy machine takes long to start an editor beside a file of this size. */
function status({ statusItem }: Workbench, said: string | RegExp): Promise<void> {
  return statusItem('messageBatches.file').filter({ hasText: said }).waitFor({ timeout: 150_000 });
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
