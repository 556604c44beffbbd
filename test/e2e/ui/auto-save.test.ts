import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { readStage, withSettings } from '../support/stage';
import { carryOut, type Steps } from '../support/steps';
import { until } from '../support/until';

const NAME = 'auto.batch.jsonl';
const stage = readStage();
const file = path.join(stage.samples, NAME);
const text = (): string => readFileSync(file, 'utf8');

/** Blanks as a program of one's own may write them. */
const REQUEST =
  '{"custom_id": "a", "params": {"model": "claude-haiku-4-5", "max_tokens": 64, "messages": [{"role": "user", "content": "Hi"}]}}';

/** With auto-save every pause in typing is a save. */
const steps: Steps = {
  async 'what is no JSON yet is not written, and what is mended is'(workbench) {
    const { keyboard } = workbench.page;
    const before = text();
    await workbench.open(NAME);
    await workbench.goTo(1, 5);
    await workbench.run('Message Batches: Edit Request');
    await workbench.opened('auto.batch.a.json');
    await workbench.goTo(5, 21);
    await keyboard.press('Backspace');
    await keyboard.press('Backspace');
    await workbench.page.getByText('This is not valid JSON yet').first().waitFor();
    await workbench.screenshot('auto-save-broken');
    assert.match(text(), /"max_tokens": 6?4?, /);
    await keyboard.insertText('128');
    await until(() => text() === before.replace('64', '128'));
    await workbench.page.locator('.tab.dirty').first().waitFor({ state: 'detached' });
  },

  async 'one step back in the file undoes one save'(workbench) {
    await workbench.page.keyboard.press('Control+1');
    await workbench.page.keyboard.press('Control+Z');
    await until(() => !text().includes('128'));
    await workbench.page
      .locator('.editor-group-container')
      .last()
      .locator('.view-line', { hasText: '128' })
      .first()
      .waitFor({ state: 'detached' });
  },
};

test('requests are edited with auto-save on', async (context) => {
  writeFileSync(file, `${REQUEST}\n`);
  const settings = { 'files.autoSave': 'afterDelay', 'files.autoSaveDelay': 300 };
  await withSettings(stage, settings, () => carryOut(steps, context, stage, 'auto-save-failed'));
});
