import path from 'node:path';
import type { App } from '../app';
import { findDestination } from '../destination';
import { notice } from '../notice';
import { isWithinBudget } from '../submission/budget';
import { askConfirmation } from '../submission/confirm';
import { earlierRun } from '../submission/earlier-run';
import { askAboutProblems } from '../submission/problems';
import { savedFile } from '../submission/saved-file';
import { send } from '../submission/send';
import { areSettingsUnderstood } from '../submission/settings-understood';
import { targetFile } from '../target';
import { nothingToSubmit } from '../text/submit';

/** Saves, checks the file on disk, goes on with an earlier run of it or asks once, and sends. `leftOut` names requests that were taken out of it before. */
export async function submit(app: App, target?: unknown, leftOut: readonly string[] = []): Promise<void> {
  const file = targetFile(app, target);
  if (!file || !(await savedFile(file))) return;
  const name = path.basename(file.fsPath);
  const check = await app.server.check(file, { hashed: true });
  if (!check) return;
  const nothing = nothingToSubmit(name, check);
  if (nothing) return void notice.warning(nothing);
  if (!(await areSettingsUnderstood(file))) return;
  const next = await askAboutProblems(app, file, check);
  if (next.kind === 'stop') return;
  if (next.kind === 'rest') return submit(app, next.file, next.leftOut);
  if (!(await isWithinBudget(app, file, check))) return;
  const destination = await findDestination(app, file);
  if (!destination) return;
  const anew = await earlierRun(app, file, check, destination);
  if (!anew) return;
  const { earlier } = anew;
  const resultsPath = await askConfirmation(app, file, check, destination, leftOut, earlier);
  if (!resultsPath) return;
  await send(app, { file, check, destination, resultsPath, earlier }, () => submit(app, file, leftOut));
}
