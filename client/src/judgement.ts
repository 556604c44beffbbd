import * as vscode from 'vscode';
import type { Learned } from '../../batch/cost/learned';
import { bundledModels } from '../../batch/cost/models';
import { type Judgement, judgementFor } from '../../files/judgement';
import { readSettings } from '../../files/settings-file';

/** What a file is judged by at this moment, and where its results go: what the server would say if it were asked again. */
export async function judgementOf(file: vscode.Uri, models = bundledModels, learned?: Learned): Promise<Judgement> {
  const set = vscode.workspace.getConfiguration('messageBatches', file);
  const betas = set.get<string[]>('betas', []);
  const editor = {
    apiVersion: set.get<string>('apiVersion') || undefined,
    betas: betas.length > 0 ? betas : undefined,
    expectedOutput: set.get<number | null>('expectedOutput') ?? undefined,
  };
  return judgementFor(file.fsPath, await readSettings(file.fsPath), { editor, models, learned, now: Date.now() });
}
