import path from 'node:path';
import * as vscode from 'vscode';
import { counted } from '../../../batch/wording';
import type { Settlement } from '../../../runs/index';
import type { BatchSnapshot, Run } from '../../../runs/run';
import type { App } from '../app';
import { apiFor, runsBundle } from '../runs-bundle';
import { needsKey } from '../text/destination';

/** What a person may decide about a submission of which nobody knows whether it became a batch. */
type Decision = { readonly adopt: string } | 'not-sent' | 'again';

/** Looks for the batch that an uncertain submission may have made, and leaves the rest to the person. Nothing is sent. */
export async function settleRun(app: App, which: Run | string): Promise<void> {
  const run = typeof which === 'string' ? await (await app.runs.journal()).get(which) : which;
  if (run?.state !== 'uncertain') return;
  const api = await apiFor(app, run);
  if (!api) return void vscode.window.showWarningMessage(needsKey(run));
  const journal = await app.runs.journal();
  const settled = await runsBundle().lookForBatch(run, { api, journal });
  if (settled.kind !== 'adopted') {
    const decision = await ask(settled);
    if (decision === 'again') return settleRun(app, run.id);
    if (decision === 'not-sent') await runsBundle().declareNotSent(run, journal);
    else if (decision) await runsBundle().adoptBatch(run, decision.adopt, { api, journal });
  }
  await app.runs.refresh();
}

async function ask(settled: Exclude<Settlement, { kind: 'adopted' }>): Promise<Decision | undefined> {
  const candidates = settled.kind === 'several' ? settled.candidates : [];
  const items: readonly (vscode.QuickPickItem & { decision: Decision })[] = [
    ...candidates.map((batch) => ({ ...candidateItem(batch), decision: { adopt: batch.id } })),
    { label: '$(refresh) Look again', detail: 'A batch may be listed some seconds late.', decision: 'again' },
    {
      label: '$(circle-slash) No batch was made',
      detail:
        'Closes this submission; the file can be submitted again. If a batch was made after all, it is billed too.',
      decision: 'not-sent',
    },
  ];
  const name = path.basename(settled.run.source);
  const found =
    candidates.length > 0 ? `Which of these batches was made from ${name}?` : `No batch of ${name} was found`;
  return (await vscode.window.showQuickPick(items, { title: found, ignoreFocusOut: true }))?.decision;
}

function candidateItem({ id, created_at, request_counts }: BatchSnapshot): vscode.QuickPickItem {
  const requests = Object.values(request_counts).reduce((sum, amount) => sum + amount, 0);
  return { label: `$(check) ${id}`, detail: `${counted(requests, 'request')}, created at ${created_at}` };
}
