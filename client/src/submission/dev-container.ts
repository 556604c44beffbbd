import { stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import * as vscode from 'vscode';
import { notice } from '../notice';
import { forgetsOnRebuild, forgottenOnRebuild } from '../text/dev-container';

/** Warns once per container that its runs go with it, unless the state folder is kept elsewhere. */
export async function warnOfRebuild(stateDir: string): Promise<void> {
  const isMounted = await liesElsewhere(stateDir);
  if (!forgetsOnRebuild(vscode.env.remoteName, isMounted)) return;
  // The mark goes with the container, too: the next one is warned of again.
  const isFirst = await writeFile(path.join(stateDir, 'rebuild-told'), '', { flag: 'wx', mode: 0o600 }).then(
    () => true,
    () => false,
  );
  if (isFirst) void notice.warning(forgottenOnRebuild(stateDir));
}

/** Whether a folder is not on the container's own disk: a volume or a folder of the host. */
async function liesElsewhere(folder: string): Promise<boolean> {
  const [here, root] = await Promise.all([stat(folder), stat('/')]);
  return here.dev !== root.dev;
}
