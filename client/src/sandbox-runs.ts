import { connect } from 'node:net';
import type { Journal } from '../../runs/journal';

/** Closes open runs of sandboxes that are gone: a sandbox forgets its batches when its window leaves it. */
export async function closeLeftSandboxRuns(journal: Journal): Promise<void> {
  for (const run of await journal.listOpen()) {
    if (!run.sandbox || (await isListening(run.baseUrl))) continue;
    const problem = { message: 'The sandbox that had this batch was left before it ended.', requestId: null };
    await journal.update(run.id, { state: 'lost', problem }, run.state);
  }
}

/** Whether anything answers at a URL of this machine. */
function isListening(url: string): Promise<boolean> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve) => {
    const socket = connect({ host: hostname, port: Number(port) });
    const answer = (listening: boolean): void => {
      socket.destroy();
      resolve(listening);
    };
    socket.once('connect', () => answer(true)).once('error', () => answer(false));
  });
}
