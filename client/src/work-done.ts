import type * as vscode from 'vscode';
import { type LanguageClient, WorkDoneProgress } from 'vscode-languageclient/node';

/** As `withProgress` gives it; increments are in percent. */
export type Progress = vscode.Progress<{ message?: string; increment?: number }>;

/** Adds up for who wants the whole of it. */
export function inPercent(tell: (percent: number) => void): Progress {
  let percent = 0;
  return {
    report: ({ increment = 0 }) => {
      percent += increment;
      tell(percent);
    },
  };
}

/** A request whose progress the server tells under a token of its own; undefined when the person canceled. */
export async function withWorkDone<T>(
  client: LanguageClient,
  name: string,
  progress: Progress,
  token: vscode.CancellationToken,
  request: (workDoneToken: string) => Promise<T>,
): Promise<T | undefined> {
  const workDoneToken = `${name}:${Date.now()}`;
  let reported = 0;
  const listener = client.onProgress(WorkDoneProgress.type, workDoneToken, (value) => {
    if (value.kind === 'end') return;
    const percentage = value.percentage ?? reported;
    progress.report({ increment: percentage - reported, ...(value.message ? { message: value.message } : {}) });
    reported = percentage;
  });
  try {
    return await request(workDoneToken);
  } catch (error) {
    if (token.isCancellationRequested) return undefined;
    throw error;
  } finally {
    listener.dispose();
  }
}
