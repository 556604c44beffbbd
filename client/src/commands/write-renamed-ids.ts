import path from 'node:path';
import * as vscode from 'vscode';
import { renamingsCsv } from '../../../batch/unique-ids';
import { writeLike } from '../../../files/rewrite';
import { idsPathFor } from '../../../runs/results-path';
import type { RenamedIds } from '../../../server/src/protocol';
import type { App } from '../app';
import { notice } from '../notice';

/** Writes the ids that were changed in an editor beside their file, so that what is known by the old ones is found again. */
export async function writeRenamedIds(_: App, { uri, renamings }: RenamedIds): Promise<void> {
  const file = vscode.Uri.parse(uri);
  if (file.scheme !== 'file') return;
  const target = await idsPathFor(file.fsPath);
  await writeLike(file.fsPath, target, [Buffer.from(renamingsCsv(renamings))]);
  const open = 'Open';
  const said = `The old and the new custom_ids are in ${path.basename(target)}.`;
  const chosen = await notice.information(said, open);
  if (chosen === open) await vscode.commands.executeCommand('vscode.open', vscode.Uri.file(target));
}
