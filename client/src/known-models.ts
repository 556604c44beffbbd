import type * as vscode from 'vscode';
import { bundledModels, type ModelTable } from '../../batch/cost/models';
import { type ModelsOverlay, overlaid } from '../../batch/models-overlay';

const STORED = 'messageBatches.models';

/** The models as this window knows them: the bundled table under what the Models API said on this machine. */
export class KnownModels {
  #overlay: ModelsOverlay | undefined;

  constructor(private readonly context: Pick<vscode.ExtensionContext, 'globalState'>) {
    this.#overlay = context.globalState.get(STORED);
  }

  get overlay(): ModelsOverlay | undefined {
    return this.#overlay;
  }

  get table(): ModelTable {
    return overlaid(bundledModels, this.#overlay);
  }

  /** Goes by an overlay from now on; one that is kept counts in every window, and after a restart. */
  async use(overlay: ModelsOverlay, { isKept }: { readonly isKept: boolean }): Promise<void> {
    this.#overlay = overlay;
    if (isKept) await this.context.globalState.update(STORED, overlay);
  }
}
