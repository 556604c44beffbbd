import { after, before, test } from 'node:test';
import { readStage } from '../support/stage';
import { openWorkbench, type Workbench } from '../support/workbench';

let workbench: Workbench;
before(async () => {
  workbench = await openWorkbench(readStage());
});
after(() => workbench.close());

test('the list of batches says what to do before there is one', async () => {
  await workbench.openContainer('Message Batches');
  await workbench.page.getByRole('button', { name: 'Try Without a Key' }).waitFor();
});

test('a mistake is underlined and listed', async () => {
  await workbench.openContainer('Explorer');
  await workbench.open('tickets.batch.jsonl');
  await workbench.squiggles('error').first().waitFor();
  await workbench.problem('claude-haiku-4.5');
});
