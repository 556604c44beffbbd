import { bundledModels, type ModelTable } from '../../batch/cost/models';
import { type ModelsOverlay, overlaid } from '../../batch/models-overlay';
import { storedModels, storeModels } from '../../runs/stored-models';
import { stateDir } from './settings';

/** The models as this window knows them: the bundled table under what the Models API said on this machine. */
export class KnownModels {
  #overlay: ModelsOverlay | undefined = storedModels(stateDir());

  get overlay(): ModelsOverlay | undefined {
    return this.#overlay;
  }

  get table(): ModelTable {
    return overlaid(bundledModels, this.#overlay);
  }

  /** Goes by an overlay from now on; one that is kept counts after a restart, in other windows and in the terminal. */
  async use(overlay: ModelsOverlay, { isKept }: { readonly isKept: boolean }): Promise<void> {
    this.#overlay = overlay;
    if (isKept) await storeModels(stateDir(), overlay);
  }
}
