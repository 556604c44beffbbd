import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { readStage } from '../support/stage';
import { openWorkbench, type Workbench } from '../support/workbench';

let workbench: Workbench;
before(async () => {
  workbench = await openWorkbench(readStage());
});
after(() => workbench.close());

test('x', async () => {
  await workbench.open('tickets.batch.jsonl');
  await workbench.squiggles('error').first().waitFor();
  await workbench.problem('bad thing here');
  await workbench.goTo(1, 3);
  await workbench.run('Message Batches: Try Without a Key');
  await workbench.notification('Hi from').waitFor();
  assert.match((await workbench.statusItem('messageBatches.status').textContent()) ?? '', /hello/);
  assert.match(await workbench.visibleText(), /custom_id/);
  await workbench.openContainer('Message Batches');
  await workbench.screenshot('x');
  await workbench.reload();
});
