import * as vscode from 'vscode';

/** A window that is there answers within milliseconds; one that is busy, within seconds. */
const PATIENCE_MS = 5_000;

/**
 * Whether the window of this extension host still listens. On a remote the host outlives its window by hours, in case it
 * comes back: what it says meanwhile nobody hears, and whoever waits for its answer waits as long. `whenBack` is called
 * once the window answers after all.
 */
export async function isWindowThere(whenBack: () => void): Promise<boolean> {
  const answer = vscode.commands.executeCommand('setContext', 'messageBatches.isThere', true);
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<boolean>((resolve) => {
    timer = setTimeout(() => resolve(false), PATIENCE_MS);
  });
  const isThere = await Promise.race([answer.then(() => true), late]);
  clearTimeout(timer);
  if (!isThere) void answer.then(whenBack);
  return isThere;
}
