import path from 'node:path';
import * as vscode from 'vscode';
import { counted } from '../../../batch/wording';
import { fixedPathFor, idsPathFor } from '../../../runs/results-path';
import type { App } from '../app';
import { pickMany } from '../ask';
import { notice } from '../notice';
import { savedFile } from '../submission/saved-file';
import { targetFile } from '../target';
import { type FixableRule, fixableRules } from '../text/fixable-rules';

/** Mends what a person chooses in a copy of a file of any size, which is for files that are too large to be open. */
export async function fixInFile(app: App, target?: unknown): Promise<void> {
  const file = targetFile(app, target);
  if (!file || !(await savedFile(file))) return;
  const check = await app.server.check(file);
  if (!check) return;
  const name = path.basename(file.fsPath);
  const fixable = fixableRules(check.problems);
  if (fixable.length === 0) return void notice.information(`${name} has no problem with a fix.`);
  const rules = await chosenOf(fixable, name);
  if (!rules || rules.length === 0) return;
  const copy = vscode.Uri.file(await fixedPathFor(file.fsPath));
  const ids = vscode.Uri.file(await idsPathFor(file.fsPath));
  const fixed = await app.server.fixFile(file, { rules: rules.map(({ rule }) => rule), target: copy, idsTarget: ids });
  if (!fixed) return;
  const renamed =
    fixed.renamed > 0 ? `; ${counted(fixed.renamed, 'custom_id')} renamed, see ${path.basename(ids.fsPath)}` : '';
  const said = `${path.basename(copy.fsPath)}: ${counted(fixed.changed, 'line')} changed${renamed}.`;
  const open = 'Open';
  if ((await notice.information(said, open)) === open) {
    await vscode.commands.executeCommand('vscode.open', copy);
  }
}

async function chosenOf(fixable: readonly FixableRule[], name: string): Promise<readonly FixableRule[] | undefined> {
  const items = fixable.map((it) => ({ ...it, label: it.title, description: it.rule, detail: it.example }));
  return pickMany(items, {
    title: `Fix in a Copy of ${name}`,
    placeHolder: 'Each problem of the kinds that you choose is mended with its first fix; the file stays as it is.',
  });
}
