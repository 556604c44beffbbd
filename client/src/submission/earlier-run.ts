import * as vscode from 'vscode';
import type { FileCheck } from '../../../files/file-check';
import type { Journal } from '../../../runs/journal';
import type { Run } from '../../../runs/run';
import { type Standing, standingOf, standingPhrase } from '../../../runs/standing';
import type { App } from '../app';
import type { Destination } from '../destination';
import { fetchAgain } from '../fetch-again';
import { notice } from '../notice';
import {
  CANCEL_BATCH,
  earlierQuestion,
  OPEN_RESULTS,
  SEND_REST,
  SETTLE,
  SHOW_BATCHES,
  SUBMIT_AGAIN,
} from '../text/earlier-run';
import { sendTheRest } from './send-rest';

/** `earlier` is the run of the same requests that a person wants to buy once more. */
export interface Anew {
  readonly earlier: Run | null;
}

/** Goes on with what was submitted before; what is returned where the file is to be sent. */
export async function earlierRun(
  app: Pick<App, 'runs' | 'keys' | 'apis' | 'sandbox' | 'models' | 'log'>,
  file: vscode.Uri,
  check: FileCheck,
  destination: Destination,
): Promise<Anew | undefined> {
  const standing = await standingOfFile(await app.runs.journal(), file, check, destination);
  if (standing.kind === 'new') return { earlier: null };
  const { run } = standing;
  await app.runs.refresh();
  if (standing.kind === 'missing') {
    void notice.information(standingPhrase(standing) ?? '');
    await fetchAgain(app, run);
    return undefined;
  }
  const answer = await ask(standing);
  if (answer === SUBMIT_AGAIN) return { earlier: run };
  if (answer === SEND_REST) await sendTheRest(app, run);
  if (answer === SETTLE) await vscode.commands.executeCommand('messageBatches.settleRun', run);
  if (answer === OPEN_RESULTS) await vscode.commands.executeCommand('messageBatches.openResults', run);
  if (answer === CANCEL_BATCH) await vscode.commands.executeCommand('messageBatches.cancelRun', run);
  if (answer === SHOW_BATCHES) await vscode.commands.executeCommand('messageBatches.runs.focus');
  return undefined;
}

/** How a checked file stands with what was sent to the same place before. */
export function standingOfFile(
  journal: Journal,
  { fsPath }: vscode.Uri,
  { sha256, judgedBy }: FileCheck,
  { baseUrl }: Destination,
): Promise<Standing> {
  return standingOf({ source: fsPath, sha256: sha256 ?? '', baseUrl, ...judgedBy }, journal);
}

async function ask(standing: Standing): Promise<string | undefined> {
  const question = earlierQuestion(standing);
  if (!question) return undefined;
  const { message, detail, buttons } = question;
  return vscode.window.showInformationMessage(message, { modal: true, detail }, ...buttons);
}
