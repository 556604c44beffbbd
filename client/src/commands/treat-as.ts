import path from 'node:path';
import * as vscode from 'vscode';
import type { App } from '../app';
import { notice } from '../notice';

/** A person's word on a document, kept while it is open. */
export const treatAsBatchFile = (app: App): Promise<void> => treatAs(app, 'batch');
export const notBatchFile = (app: App): Promise<void> => treatAs(app, 'none');

async function treatAs({ server, activeFile, largeFiles }: App, kind: 'batch' | 'none'): Promise<void> {
  const { uri } = activeFile;
  if (!uri) return void notice.warning('Open the file first.');
  await server.treatAs(uri, kind);
  await largeFiles.treatAs(uri, kind);
  const name = path.basename(uri.path);
  const said = kind === 'batch' ? `${name} is treated as a batch file` : `${name} is left alone`;
  vscode.window.setStatusBarMessage(`${said} while it is open`, 5000);
}
