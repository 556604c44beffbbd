import os from 'node:os';
import * as vscode from 'vscode';
import { API_VERSIONS } from '../../../batch/context';
import type { Json } from '../../../batch/json';
import { overlayOf } from '../../../batch/models-overlay';
import type { App } from '../app';
import { findDestination } from '../destination';
import { notice } from '../notice';
import { runsBundle } from '../runs-bundle';
import { gateway } from '../settings';
import { refreshedSentence } from '../text/models';

/** Asks the Models API what it takes by now, and has every file judged by that. What the sandbox says holds for this window only. */
export async function refreshModels(app: App): Promise<void> {
  const folder = app.activeFile.uri ?? vscode.workspace.workspaceFolders?.[0]?.uri ?? vscode.Uri.file(os.homedir());
  const destination = await findDestination(app, folder);
  if (!destination) return;
  const { baseUrl, auth, sandbox } = destination;
  const api = runsBundle().createBatchesApi({ baseUrl, auth, apiVersion: API_VERSIONS[1], betas: [], ...gateway() });
  const title = 'Asking which models there are';
  const rows = await vscode.window.withProgress({ location: vscode.ProgressLocation.Window, title }, () =>
    api.models(),
  );
  const before = app.models.table;
  const today = new Date().toISOString().slice(0, 10);
  // The SDK's rows are what `JSON.parse` made of the answer.
  const overlay = overlayOf(rows as unknown as readonly Json[], before, today);
  await app.models.use(overlay, { isKept: !sandbox });
  await app.server.useModels(overlay);
  void notice.information(refreshedSentence(overlay, before, app.models.table));
}
