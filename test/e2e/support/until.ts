import { setTimeout } from 'node:timers/promises';

/** What is waited for has the machine to itself meanwhile. */
const LOOK_AGAIN_MS = 20;

/** What a test waits for in files and in its own servers, which tell nobody of it. */
export async function until(holds: () => boolean): Promise<void> {
  const end = Date.now() + 60_000;
  while (!holds()) {
    if (Date.now() > end) throw new Error(`Waited in vain for ${holds}.`);
    await setTimeout(LOOK_AGAIN_MS);
  }
}
