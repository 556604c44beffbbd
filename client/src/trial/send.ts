import * as vscode from 'vscode';
import { isLineFault } from '../../../batch/api-fault';
import type { BatchesApi } from '../../../runs/index';
import { isRunError, RunError } from '../../../runs/run-error';
import type { Destination } from '../destination';
import { notice } from '../notice';
import { runsBundle } from '../runs-bundle';
import { gateway } from '../settings';
import { nameOf, type Outcome, type Trial } from '../text/trial';
import type { JudgedTrials } from './judge';

/** What came back, and what ended the sending before its time. */
export interface SentTrials {
  readonly outcomes: readonly Outcome[];
  readonly error: RunError | undefined;
}

/** Sends each once, one after the other, with progress and cancel. */
export async function sendTrials(
  { trials, judgedBy: { apiVersion, betas } }: JudgedTrials,
  { baseUrl, auth }: Destination,
): Promise<SentTrials> {
  const api = runsBundle().createBatchesApi({ baseUrl, auth, apiVersion, betas, ...gateway() });
  const outcomes: Outcome[] = [];
  const location = vscode.ProgressLocation.Notification;
  return vscode.window.withProgress({ location, title: 'Try One Now', cancellable: true }, async (progress, token) => {
    const abort = new AbortController();
    token.onCancellationRequested(() => abort.abort());
    for (const trial of trials) {
      progress.report({ message: `waiting for the answer to ${nameOf(trial)}` });
      try {
        outcomes.push(await send(api, trial, abort.signal));
      } catch (error) {
        if (!isRunError(error)) throw error;
        return { outcomes, error: withBill(error) };
      }
    }
    return { outcomes, error: undefined };
  });
}

/** Throws `RunError` for what is no matter of the request itself. */
async function send(api: BatchesApi, trial: Trial, signal: AbortSignal): Promise<Outcome> {
  try {
    return { trial, message: await api.message(trial.params, signal) };
  } catch (error) {
    if (!isRunError(error) || !error.said || !isLineFault(error.said)) throw error;
    return { trial, fault: error.said, requestId: error.requestId };
  }
}

/** A request whose answer was not waited for, or was lost, may have arrived all the same. */
function withBill(error: RunError): RunError {
  if (error.kind === 'canceled') void notice.information(`Canceled. ${MAY_BE_BILLED}`);
  return error.kind === 'network' ? new RunError('network', `${error.message} ${MAY_BE_BILLED}`) : error;
}

const MAY_BE_BILLED = 'A request that had reached the API by then may be billed.';
