import type { App } from '../app';

/** Reads the journal anew and asks the API at once for what still runs. */
export async function refreshRuns({ runs }: App): Promise<void> {
  await runs.refresh();
}
