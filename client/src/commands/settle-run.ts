import path from 'node:path';
import * as vscode from 'vscode';
import { counted } from '../../../batch/wording';
import type { Settlement } from '../../../runs/index';
import { msSince } from '../../../runs/instant';
import { singles } from '../../../runs/parts';
import type { BatchSnapshot, Run } from '../../../runs/run';
import { elapsed } from '../../../runs/run-words';
import { SETTLE_MS, type SettleOptions } from '../../../runs/settle';
import type { App } from '../app';
import { pickOne } from '../ask';
import { notice } from '../notice';
import { apiFor, runsBundle } from '../runs-bundle';
import { needsKey } from '../text/destination';

/** What a person may decide about a submission of which nobody knows whether it became a batch. */
type Decision = { readonly adopt: string } | 'not-sent';

/**
 * Looks for the batch that an uncertain submission may have made, as long as one may still come to be listed, and leaves
 * the rest to the person. Nothing is sent.
 */
export async function settleRun(app: App, which: Run | string): Promise<void> {
  const journal = await app.runs.journal();
  const named = typeof which === 'string' ? await journal.get(which) : which;
  const run = named && singles([named]).find(({ state }) => state === 'uncertain');
  if (!run) return;
  const api = await apiFor(app, run);
  if (!api) return void notice.warning(needsKey(run));
  const decision = await decisionOn(run, { api, journal });
  if (decision === 'not-sent') await runsBundle().declareNotSent(run, journal);
  else if (decision) await runsBundle().adoptBatch(run, decision.adopt, { api, journal });
  await app.runs.refresh();
}

/** Undefined where there is nothing to decide any more, or the person does not. */
async function decisionOn(run: Run, options: Pick<SettleOptions, 'api' | 'journal'>): Promise<Decision | undefined> {
  for (let settleMs = SETTLE_MS; ; ) {
    const settled = await look(run, settleMs, options);
    if (!settled || settled.kind === 'adopted') return undefined;
    const answer = await ask(settled);
    if (answer !== 'again') return answer;
    settleMs = Math.max(SETTLE_MS, (run.attempt?.ended ? msSince(run.attempt.ended) : 0) + LOOK_AGAIN_MS);
  }
}

/** A batch that is not listed after two minutes may be after three. */
const LOOK_AGAIN_MS = 30_000;

/** Undefined where the person has seen enough. `settleMs` is how long after the attempt none is said. */
async function look(
  run: Run,
  settleMs: number,
  { api, journal }: Pick<SettleOptions, 'api' | 'journal'>,
): Promise<Settlement | undefined> {
  const title = `Looking for the batch of ${path.basename(run.source)}`;
  const location = vscode.ProgressLocation.Notification;
  return vscode.window.withProgress({ location, title, cancellable: true }, async (progress, token) => {
    const abort = new AbortController();
    token.onCancellationRequested(() => abort.abort());
    const onLooking = (leftMs: number): void => progress.report({ message: `for ${elapsed(leftMs)} more` });
    const options = { api, journal, settleMs, onLooking, signal: abort.signal };
    return runsBundle()
      .settleUncertain(run, options)
      .catch((error: unknown) => {
        if (abort.signal.aborted) return undefined;
        throw error;
      });
  });
}

async function ask(settled: Exclude<Settlement, { kind: 'adopted' }>): Promise<Decision | 'again' | undefined> {
  const candidates = settled.kind === 'several' ? settled.candidates : [];
  const items: readonly (vscode.QuickPickItem & { decision: Decision | 'again' })[] = [
    ...candidates.map((batch) => ({ ...candidateItem(batch), decision: { adopt: batch.id } })),
    { label: '$(refresh) Look again', detail: 'A batch may be listed late.', decision: 'again' },
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
  return (await pickOne(items, { title: found }))?.decision;
}

function candidateItem({ id, created_at, request_counts }: BatchSnapshot): vscode.QuickPickItem {
  const requests = Object.values(request_counts).reduce((sum, amount) => sum + amount, 0);
  return { label: `$(check) ${id}`, detail: `${counted(requests, 'request')}, created at ${created_at}` };
}
