import type { App } from '../app';

/** Lists the batches of the API workspace anew. */
export async function refreshOthers({ others }: App): Promise<void> {
  await others.refresh();
}

/** Reads the next page of them. */
export async function loadMoreBatches({ others }: App): Promise<void> {
  await others.more();
}
