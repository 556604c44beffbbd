import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { readStage } from '../support/stage';
import { openWorkbench } from '../support/workbench';

const line = (index: number) =>
  `{"custom_id":"note-${index}","params":{"model":"claude-haiku-4-5","max_token":64,"messages":[{"role":"user","content":"Hi"}]}}`;

test('a fix of all of a kind says its reach, is seen before it is made, and is made on every line', async () => {
  const stage = readStage();
  const lines = Array.from({ length: 12 }, (_, index) => line(index));
  writeFileSync(path.join(stage.samples, 'notes.batch.jsonl'), `${lines.join('\n')}\n`);
  const workbench = await openWorkbench(stage);
  try {
    await workbench.open('notes.batch.jsonl');
    await workbench.squiggles('error').first().waitFor();
    await workbench.goTo(2, line(1).indexOf('max_token') + 3);
    await workbench.fix('Rename to "max_tokens" in 12 requests');
    const preview = workbench.refactorPreview();
    await preview.row('notes.batch.jsonl').waitFor();
    await workbench.screenshot('fix-all-preview');
    assert.ok((await workbench.visibleText()).includes('"max_token":64'), 'nothing is changed before Apply');
    await preview.apply();
    await workbench.squiggles('error').first().waitFor({ state: 'detached' });
    const shown = await workbench.visibleText();
    assert.equal(shown.split('"max_tokens":64').length - 1, 12);
    await workbench.run('File: Save');
  } catch (error) {
    await workbench.screenshot('failed');
    throw error;
  } finally {
    await workbench.close();
  }
});
