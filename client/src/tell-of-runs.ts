import * as vscode from 'vscode';
import { LearnedChanged } from '../../server/src/protocol';
import { RunsChanged } from '../../server/src/protocol/results';
import type { App } from './app';

/** Has the language server expect the output of files by what finished runs had. */
export function tellLearned({ server, runs }: Pick<App, 'server' | 'runs'>): Promise<void> {
  return server.keepTold(LearnedChanged, async () => ({ learned: await runs.learned() }));
}

/** Has it find results and retries by what the journal knows of them. */
export function tellRuns({ server, runs }: Pick<App, 'server' | 'runs'>): Promise<void> {
  return server.keepTold(RunsChanged, () => ({
    runs: runs.all.map(({ id, retryOf, source, resultsPath, startedAt, state, sandbox }) => ({
      id,
      ...(retryOf !== undefined && { retryOf }),
      source: server.asUri(vscode.Uri.file(source)),
      results: server.asUri(vscode.Uri.file(resultsPath)),
      startedAt,
      state,
      sandbox,
    })),
  }));
}
