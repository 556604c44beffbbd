import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { PROXIED_HOST, startConnectProxy } from '../../support/connect-proxy';
import { batchText, withSandbox } from '../support/api';
import { readStage, withSettings } from '../support/stage';
import { carryOut, type Steps } from '../support/steps';

const stage = readStage();

const steps: Steps = {
  async 'a batch is submitted, followed and fetched'(workbench) {
    writeFileSync(path.join(stage.samples, 'proxied.batch.jsonl'), batchText(['a', 'b']));
    await workbench.open('proxied.batch.jsonl');
    await workbench.lens('2 requests').waitFor();
    await workbench.run('Message Batches: Submit Batch');
    await workbench.dialog(`Use the API key from the environment for ${PROXIED_HOST}`).waitFor();
    await workbench.answer('Use It');
    await workbench.answer('Submit 2 Requests');
    await workbench.notification('proxied: 2 answered').waitFor();
  },
};

test("everything goes through the editor's HTTP proxy, whose certificates are of its own authority", async (context) => {
  await withSandbox(stage, { processingMs: 0 }, async (sandbox) => {
    const proxy = await startConnectProxy(sandbox.url);
    const settings = { 'messageBatches.baseUrl': `https://${PROXIED_HOST}`, 'http.proxy': proxy.url };
    try {
      await withSettings(stage, settings, () => carryOut(steps, context, stage, 'failed-proxy'));
    } finally {
      await proxy.close();
    }
    assert.equal(sandbox.batches().length, 1);
    assert.ok(proxy.connects.includes(`${PROXIED_HOST}:443`));
  });
});
