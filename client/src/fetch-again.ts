import * as vscode from 'vscode';
import { size } from '../../batch/wording';
import { takeNews } from '../../runs/news';
import type { Run } from '../../runs/run';
import { endSentence } from '../../runs/run-words';
import type { App } from './app';
import { judgementOf } from './judgement';
import { notice } from './notice';
import { apiFor, runsBundle } from './runs-bundle';
import { needsKey } from './text/destination';

/** Brings results that were on disk before back to it, with progress and cancel. Throws `RunError`. */
export async function fetchAgain(
  app: Pick<App, 'runs' | 'keys' | 'apis' | 'sandbox' | 'models'>,
  run: Run,
): Promise<void> {
  const api = await apiFor(app, run);
  if (!api) return void notice.warning(needsKey(run));
  const { models } = (await judgementOf(vscode.Uri.file(run.source), app.models.table)).context;
  const journal = await app.runs.journal();
  const location = vscode.ProgressLocation.Notification;
  const fetched = await vscode.window.withProgress(
    { location, title: 'Fetching results', cancellable: true },
    (progress, token) => {
      const abort = new AbortController();
      token.onCancellationRequested(() => abort.abort());
      const onProgress = (bytes: number): void => progress.report({ message: size(bytes) });
      return runsBundle().fetchRun(run, { api, journal, models, onProgress, signal: abort.signal });
    },
  );
  // What is said here is not told again.
  await takeNews(journal.stateDir, 'untold', run.id);
  await app.runs.refresh();
  if (!fetched) return void notice.information('Another program is fetching these results right now.');
  if (fetched.state !== 'fetched') return void notice.warning(endSentence(fetched));
  const chosen = await notice.information(endSentence(fetched), 'Open Results');
  if (chosen) await vscode.commands.executeCommand('messageBatches.openResults', fetched);
}
