import path from 'node:path';
import * as vscode from 'vscode';
import type { ModelSample } from '../../../batch/cost/count-sample';
import { textsAt } from '../../../files/texts-at';
import { type CountOutcome, type CountPlan, countOutcome, countPlan } from '../../../runs/calibrate';
import { keepCalibrations } from '../../../runs/calibrations';
import { isRunError } from '../../../runs/run-error';
import { SampleRequests } from '../../../server/src/protocol/cost';
import type { App } from '../app';
import { type Destination, findDestination } from '../destination';
import { withFileProgress } from '../file-progress';
import { judgementOf } from '../judgement';
import { notice } from '../notice';
import { documentAt } from '../open-files';
import { reportRunError } from '../report';
import { stateDir } from '../settings';
import { targetFile } from '../target';
import { tellLearned } from '../tell-of-runs';
import { COUNT, calibrationMessage, calibrationQuestion } from '../text/calibration';
import { SHOW_COST } from '../text/submit';

/** Has requests that stand for a file counted by the API, after saying which, and estimates the file by that from now on. */
export async function calibrateEstimate(app: App, target?: unknown): Promise<void> {
  const file = targetFile(app, target);
  if (!file) return;
  const name = path.basename(file.fsPath);
  const uri = app.server.asUri(file);
  const samples = await app.server.work(`Choosing requests of ${name}`, SampleRequests, { uri });
  if (!samples) return;
  const { context } = await judgementOf(file, app.models.table);
  const plan = countPlan(samples, await textsOf(file, samples), context.models);
  if (plan.prompts.length === 0) return void notice.warning(`${name} has no request that can be counted.`);
  const destination = await findDestination(app, file);
  if (!destination) return;
  const { message, detail, buttons } = calibrationQuestion(name, plan, destination);
  const answer = await vscode.window.showInformationMessage(message, { modal: true, detail }, ...buttons);
  if (answer !== COUNT) return;
  try {
    const outcome = await count(app, file, plan, destination);
    await keepCalibrations(stateDir(), {
      source: file.fsPath,
      sandbox: destination.sandbox,
      models: outcome.calibrations,
    });
    await tellLearned(app);
    void show(file, calibrationMessage(name, outcome));
  } catch (error) {
    if (!isRunError(error)) throw error;
    await reportRunError(error, app.log, () => calibrateEstimate(app, target));
  }
}

/** The texts of the chosen lines, as they are open or as they lie on disk. */
function textsOf(file: vscode.Uri, samples: readonly ModelSample[]): Promise<ReadonlyMap<number, string>> {
  const lines = samples.flatMap((sample) => sample.lines);
  const document = documentAt(file);
  if (!document) return withFileProgress(file, 'Reading requests', (options) => textsAt(file.fsPath, lines, options));
  const present = lines.filter((line) => line < document.lineCount);
  return Promise.resolve(new Map(present.map((line) => [line, document.lineAt(line).text])));
}

async function count(
  { apis, models }: Pick<App, 'apis' | 'models'>,
  file: vscode.Uri,
  plan: CountPlan,
  { baseUrl, auth }: Destination,
): Promise<CountOutcome> {
  const { judgedBy } = await judgementOf(file, models.table);
  const { apiVersion, betas } = judgedBy;
  const api = apis.at({ baseUrl, auth, apiVersion, betas });
  const location = vscode.ProgressLocation.Notification;
  const title = `Counting tokens of ${path.basename(file.fsPath)}`;
  return vscode.window.withProgress({ location, title, cancellable: true }, async (progress, token) => {
    const abort = new AbortController();
    token.onCancellationRequested(() => abort.abort());
    return countOutcome(plan, api, {
      signal: abort.signal,
      onProgress: (done, all) => progress.report({ increment: 100 / all, message: `${done} of ${all}` }),
      onWaiting: ({ message }, ms) => progress.report({ message: `${message} Going on in ${Math.ceil(ms / 1000)} s.` }),
    });
  });
}

async function show(file: vscode.Uri, message: string): Promise<void> {
  if ((await notice.information(message, SHOW_COST)) === SHOW_COST)
    await vscode.commands.executeCommand('messageBatches.showCostBreakdown', file);
}
