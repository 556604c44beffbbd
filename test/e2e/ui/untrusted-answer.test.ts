import assert from 'node:assert/strict';
import { readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { readStage } from '../support/stage';
import { openWorkbench } from '../support/workbench';

const ANSWER = `Safe **bold** <img src="https://example.invalid/x.png" onerror="document.title='run'">
<script>document.title = 'run'</script><style>* { display: none }</style>
<form action="https://example.invalid"><button>press</button></form>
<a href="command:workbench.action.closeAllEditors">command</a> <a href="https://example.invalid/">link</a>`;
const ERROR =
  '![x](https://example.invalid/y.png) [c](command:workbench.action.closeAllEditors) \u202e<script>x</script>';
/** What else a gateway lets through as an id. */
const IDS = ['a', '../../x', '__proto__', 'long', 'wrong'];

function resultOf(id: string): object {
  const message = (text: string) => ({
    type: 'succeeded',
    message: { model: 'claude-haiku-4-5', content: [{ type: 'text', text }], stop_reason: 'end_turn' },
  });
  if (id === 'wrong')
    return { type: 'errored', error: { type: 'error', error: { type: 'overloaded_error', message: ERROR } } };
  return message(id === 'long' ? 'y'.repeat(1_000_000) : ANSWER);
}

test('what a model answers is shown, and can neither run nor load nor send anything', async () => {
  const stage = readStage();
  const write = (name: string, rows: readonly object[]) =>
    writeFileSync(path.join(stage.samples, name), rows.map((row) => `${JSON.stringify(row)}\n`).join(''));
  const params = { model: 'claude-haiku-4-5', max_tokens: 9, messages: [{ role: 'user', content: 'Hi' }] };
  write(
    'untrusted.batch.jsonl',
    IDS.map((custom_id) => ({ custom_id, params })),
  );
  write(
    'untrusted.20261120T2104Z.results.jsonl',
    IDS.map((custom_id) => ({ custom_id, result: resultOf(custom_id) })),
  );
  const files = readdirSync(stage.samples).length;

  const workbench = await openWorkbench(stage);
  const left: string[] = [];
  workbench.page.context().on('request', (request) => {
    if (request.url().includes('example.invalid')) left.push(request.url());
  });
  try {
    await workbench.open('untrusted.batch.jsonl');
    await workbench.statusItem('messageBatches.file').waitFor();
    await workbench.run('Message Batches: Open Results Beside');
    const panel = workbench.webview();
    const main = panel.locator('main');
    await main.locator('strong', { hasText: 'bold' }).waitFor();
    for (const name of ['img', 'script', 'style', 'form', 'button', '[style]', '[onerror]', 'a[href^="command"]']) {
      assert.equal(await main.locator(name).count(), 0, name);
    }
    assert.equal(await main.locator('a[href="https://example.invalid/"]').count(), 1);

    for (const id of ['../../x', '__proto__', 'long', 'wrong']) {
      await panel.locator('#body').getByText(id, { exact: true }).click();
      await panel.getByRole('heading', { name: id, exact: true }).waitFor();
    }
    await main.locator('.notice', { hasText: '‹U+202E›<script>x</script>' }).waitFor();
    await panel.locator('#body').getByText('long', { exact: true }).click();
    await main.getByText('more characters; Copy Answer takes all of them.').waitFor();

    await workbench.page.keyboard.press('Control+1');
    await workbench.goTo(1, 17);
    await workbench.run('Show or Focus Hover');
    await workbench.hover().getByText('Safe **bold** <img src=').waitFor();
    assert.equal(await workbench.hover().locator('img').count(), 0);
    await workbench.page.keyboard.press('Escape');

    await workbench.run('Message Batches: Show Summary of Results');
    await workbench.tab('Summary of untrusted').waitFor();
    await panel.getByRole('heading', { name: 'Stop reasons' }).waitFor();
    await panel.locator('code', { hasText: 'example.invalid/y.png' }).waitFor();
    assert.equal(await panel.locator('img').count(), 0);
    assert.equal(await panel.locator('a[href^="command"]').count(), 0);
    assert.deepEqual(left, []);
    assert.equal(readdirSync(stage.samples).length, files);
  } catch (error) {
    await workbench.screenshot('untrusted-failed');
    throw error;
  } finally {
    await workbench.close();
  }
});
