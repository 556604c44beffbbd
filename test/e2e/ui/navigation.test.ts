import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { readStage } from '../support/stage';
import { carryOut, type Steps } from '../support/steps';
import type { Workbench } from '../support/workbench';

const NAME = 'navigation.batch.jsonl';
const stage = readStage();
const file = path.join(stage.samples, NAME);

const SHORT = {
  custom_id: 'short',
  params: {
    model: 'claude-haiku-4-5',
    max_tokens: 64,
    messages: [
      { role: 'user', content: [{ type: 'image', source: { type: 'url', url: 'https://example.com/a.png' } }] },
    ],
  },
};
/** What is asked for stands behind 30,000 characters, where VS Code draws and colours nothing. */
const LONG = {
  custom_id: 'long',
  params: {
    system: 'x'.repeat(30_000),
    model: 'claude-haiku-4-5',
    tools: [
      { name: 'find', input_schema: { type: 'object' } },
      { name: 'pay', input_schema: { type: 'object' } },
    ],
    tool_choice: { type: 'tool', name: 'find' },
    messages: [
      { role: 'user', content: 'find' },
      { role: 'assistant', content: [{ type: 'tool_use', id: 'toolu_1', name: 'find', input: {} }] },
      { role: 'user', content: [{ type: 'tool_result', tool_use_id: 'toolu_1', content: 'found' }] },
    ],
    max_tokens: 64,
  },
};
/** The long one last: VS Code may wrap it over the whole screen. */
const LINES = [SHORT, SHORT, LONG].map((request) => JSON.stringify(request));

/** 1-based column of the first character of `text` in a line of the file, its `nth` place. */
function column(text: string, { line = 3, nth = 0 } = {}): number {
  let at = -1;
  for (let i = 0; i <= nth; i++) at = LINES[line - 1]!.indexOf(text, at + 1);
  assert.ok(at >= 0, text);
  return at + 1;
}

/** One goes from name to name by keyboard. Each step stands on the one before. */
const steps: Steps = {
  async 'F12 leads from a choice to its tool, and from a result to its call'(workbench) {
    await workbench.open(NAME);
    await workbench.lens('3 requests').waitFor();
    await workbench.goTo(3, column('"name":"find"', { nth: 1 }) + 9);
    await workbench.page.keyboard.press('F12');
    await workbench.cursorAt(3, column('"name":"find"') + 8);
    await workbench.goTo(3, column('"tool_use_id":"toolu_1"') + 16);
    await workbench.page.keyboard.press('F12');
    await workbench.cursorAt(3, column('"id":"toolu_1"') + 6);
  },

  async 'F12 leads from a repeated id to the first request that has it'(workbench) {
    await workbench.goTo(2, 16);
    await workbench.page.keyboard.press('F12');
    await workbench.cursorAt(1, 15);
  },

  async 'the references of a tool are listed, and those of an id are marked'({ page, goTo, press, screenshot }) {
    await goTo(3, column('"name":"find"') + 9);
    await page.keyboard.press('Shift+F12');
    await page.locator('.peekview-title .meta', { hasText: 'References (3)' }).waitFor();
    await screenshot('references');
    await page.keyboard.press('Escape');
    await page.locator('.peekview-title').waitFor({ state: 'detached' });
    await goTo(1, 16);
    // A cursor that rests before the editor has the focus marks nothing.
    await press('ArrowRight', page.locator('.view-overlays .wordHighlightStrong').first());
    await page.locator('.view-overlays .wordHighlight').first().waitFor();
  },

  async 'addresses are links, and the selection grows by what belongs together'({ page, goTo }) {
    await page.locator('.detected-link', { hasText: 'https' }).first().waitFor();
    await goTo(1, column('image', { line: 1 }) + 1);
    for (const selected of ['image', '"image"', '"type":"image"']) {
      await page.keyboard.press('Shift+Alt+ArrowRight');
      await page.locator('.part.statusbar', { hasText: `(${selected.length} selected)` }).waitFor();
    }
  },

  async 'hover documents a field behind 20,000 characters, and keys are completed there'(workbench) {
    const { keyboard } = workbench.page;
    await workbench.goTo(3, column('"tool_choice"') + 3);
    await keyboard.press('Control+K');
    await keyboard.press('Control+I');
    await workbench.hover().getByText('tool_choice').first().waitFor();
    await keyboard.press('Escape');
    await workbench.goTo(3, column('"max_tokens"'));
    await keyboard.type('"stop');
    await workbench.suggestion('stop_sequences').waitFor();
    await workbench.screenshot('completion-in-a-long-line');
    await keyboard.press('Escape');
    for (let i = 0; i < 4; i++) await keyboard.press('Control+Z');
    await workbench.run('File: Revert File');
  },

  async 'F2 renames a tool wherever its request means it'(workbench) {
    await workbench.goTo(3, column('"name":"find"', { nth: 1 }) + 9);
    await renameTo(workbench, 'search');
    await workbench.page.locator('.tab.dirty').first().waitFor();
    await workbench.page.keyboard.press('Control+S');
    await workbench.page.locator('.tab.dirty').first().waitFor({ state: 'detached' });
    const expected = LINES.with(2, LINES[2]!.replaceAll('"name":"find"', '"name":"search"'));
    assert.equal(readFileSync(file, 'utf8'), `${expected.join('\n')}\n`);
  },

  async 'requests are gone to by their ids, also in files that are not open'(workbench) {
    await workbench.goToSymbol('@long');
    await workbench.cursorAt(3);
    await workbench.goToSymbol('#lighthouse');
    await workbench.page.locator('.tab.active', { hasText: 'haiku.batch.jsonl' }).waitFor();
    await workbench.cursorAt(3);
  },

  async 'a request whose results exist is renamed only after a warning'(workbench) {
    await workbench.goTo(3, 17);
    await renameTo(workbench, 'beacon');
    await workbench.dialog('Results of this file keep the old custom_id').waitFor();
    await workbench.screenshot('rename-warning');
    await workbench.answer('Rename');
    await workbench.page.locator('.view-line', { hasText: '"beacon"' }).first().waitFor();
    await workbench.run('File: Revert File');
  },

  async 'a whole request is completed on an empty line'(workbench) {
    const { keyboard } = workbench.page;
    await workbench.open(NAME);
    await workbench.goTo(4);
    await keyboard.press('Control+Space');
    await workbench.suggestion('Request with a tool').waitFor();
    await workbench.screenshot('completion-of-requests');
    await workbench.suggestion('Message Batches request').first().click();
    await workbench.page.locator('.view-line', { hasText: '"custom_id": "long-2"' }).first().waitFor();
    await keyboard.press('Escape');
    await workbench.run('File: Revert File');
  },
};

test('names lead to each other', async (context) => {
  writeFileSync(file, `${LINES.join('\n')}\n`);
  await carryOut(steps, context, stage, 'navigation-failed');
});

async function renameTo({ page }: Workbench, name: string): Promise<void> {
  await page.keyboard.press('F2');
  const input = page.locator('.rename-input');
  await input.waitFor();
  await input.fill(name);
  await page.keyboard.press('Enter');
  await input.waitFor({ state: 'hidden' });
}
