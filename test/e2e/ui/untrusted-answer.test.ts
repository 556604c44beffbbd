import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { readStage } from '../support/stage';
import { openWorkbench } from '../support/workbench';

const answer = `Safe **bold** <img src="https://example.invalid/x.png" onerror="document.title='run'">
<script>document.title = 'run'</script><style>* { display: none }</style>
<form action="https://example.invalid"><button>press</button></form>
<a href="command:workbench.action.closeAllEditors">command</a> <a href="https://example.invalid/">link</a>`;

test('what a model answers is shown, and can neither run nor load nor send anything', async () => {
  const stage = readStage();
  const write = (name: string, row: object) =>
    writeFileSync(path.join(stage.samples, name), `${JSON.stringify(row)}\n`);
  const messages = [{ role: 'user', content: 'Hi' }];
  write('untrusted.batch.jsonl', { custom_id: 'a', params: { model: 'claude-haiku-4-5', max_tokens: 9, messages } });
  const message = { model: 'claude-haiku-4-5', content: [{ type: 'text', text: answer }], stop_reason: 'end_turn' };
  write('untrusted.20261120T2104Z.results.jsonl', { custom_id: 'a', result: { type: 'succeeded', message } });

  const workbench = await openWorkbench(stage);
  try {
    await workbench.open('untrusted.batch.jsonl');
    await workbench.statusItem('messageBatches.file').waitFor();
    await workbench.run('Message Batches: Open Results Beside');
    const main = workbench.webview().locator('main');
    await main.locator('strong', { hasText: 'bold' }).waitFor();
    for (const name of ['img', 'script', 'style', 'form', 'button', '[style]', '[onerror]', 'a[href^="command"]']) {
      assert.equal(await main.locator(name).count(), 0, name);
    }
    assert.equal(await main.locator('a[href="https://example.invalid/"]').count(), 1);
  } finally {
    await workbench.close();
  }
});
