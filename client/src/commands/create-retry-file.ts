import path from 'node:path';
import * as vscode from 'vscode';
import { counted } from '../../../batch/wording';
import { type RetryReason, retryReasons, USUAL_KINDS, writeRetryFile } from '../../../results/retry';
import { retryPathFor } from '../../../runs/results-path';
import { noteRetry } from '../../../runs/retry-links';
import type { App } from '../app';
import { askText, pickMany } from '../ask';
import { notice } from '../notice';
import { showLeft } from '../requests';
import { readResults, withProgress } from '../results-at-hand';
import { targetFile } from '../target';
import { noResultsYet } from '../text/answer';
import { hopelessSentence, reasonLabel, writtenSentence } from '../text/retry';

/** Writes the requests that failed for the reasons that a person chooses to a batch file of their own, and opens it. */
export async function createRetryFile(app: App, given?: unknown): Promise<void> {
  const source = targetFile(app, given);
  if (!source) return;
  const name = path.basename(source.fsPath);
  const results = await readResults(app, source, resultsShown(app, source));
  if (!results) return void notice.information(noResultsYet(name));
  results.table.close();
  const reasons = retryReasons(results.table.rows);
  const hopeful = reasons.filter(({ isHopeless }) => !isHopeless);
  const hopeless = hopelessSentence(reasons);
  if (hopeful.length === 0) {
    const said = `${name} has nothing to send again. ${hopeless}`.trim();
    return void notice.information(said);
  }
  const chosen = await choose(hopeful, name, hopeless);
  if (!chosen || chosen.length === 0) return;
  const cutOff = new Set(chosen.flatMap(({ kind, ids }) => (kind === 'truncated' ? ids : [])));
  const maxTokens = cutOff.size > 0 ? await askMaxTokens(cutOff.size) : undefined;
  if (maxTokens === null) return;
  const target = await retryPathFor(source.fsPath);
  const { run } = results;
  const journal = await app.runs.journal();
  const sent = run && (await journal.submitted(run.id));
  const ids = chosen.flatMap((reason) => reason.ids);
  const raised = maxTokens === undefined ? undefined : { ids: cutOff, maxTokens };
  const written = await withProgress(
    results.table.paths[0] ?? source.fsPath,
    `Writing ${path.basename(target)}`,
    (signal) => writeRetryFile({ source: source.fsPath, ids, raised, target, sent }, signal),
  );
  if (written === undefined) return;
  if (run) await noteRetry(journal.stateDir, written.ids, run.id);
  await showLeft(vscode.Uri.file(target));
  void notice.information(writtenSentence(path.basename(target), name, written, ids.length - written.ids.length));
}

/** The results in the panel, where they are this file's. */
export function resultsShown({ results }: Pick<App, 'results'>, source: vscode.Uri): string | undefined {
  return results.source?.toString() === source.toString() ? results.opened?.path : undefined;
}

async function choose(
  reasons: readonly RetryReason[],
  name: string,
  hopeless: string,
): Promise<readonly RetryReason[] | undefined> {
  const items = reasons.map((reason) => ({
    label: reasonLabel(reason),
    description: counted(reason.ids.length, 'request'),
    picked: USUAL_KINDS.includes(reason.kind),
    reason,
  }));
  const options = {
    title: `Create Retry File of ${name}`,
    placeHolder: hopeless || 'Which requests are sent again?',
  };
  return (await pickMany(items, options))?.map(({ reason }) => reason);
}

/** Undefined leaves them as they are, null is no answer. */
async function askMaxTokens(requests: number): Promise<number | undefined | null> {
  const text = await askText({
    title: 'Raise max_tokens',
    prompt: `For ${counted(requests, 'request')} that were cut off; leave it empty to send them as they are.`,
    validateInput: (value) => (/^(?:[1-9]\d{0,6})?$/.test(value.trim()) ? undefined : 'A whole number of at least 1.'),
  });
  if (text === undefined) return null;
  return text.trim() === '' ? undefined : Number(text);
}
