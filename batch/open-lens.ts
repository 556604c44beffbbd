import { type LineAnalysis, prefixesIn } from './analysis';
import { type CacheLens, lensOver, newStarts } from './cost/cache-lens';
import type { ModelTable } from './cost/models';
import type { SharedStarts } from './cost/shared-starts';

/** What the requests of a document share, while it is edited. */
export class OpenLens {
  readonly #starts: SharedStarts;
  /** Made when it is wanted, and anew when what requests share has changed or a line has moved. */
  #lens: CacheLens | undefined;

  constructor(
    lines: readonly LineAnalysis[],
    private readonly models: ModelTable,
  ) {
    this.#starts = newStarts(models);
    this.splice(0, 0, lines);
  }

  /** From line `first` on, so many went and these came in their stead. */
  splice(first: number, removed: number, added: readonly LineAnalysis[]): void {
    if (this.#starts.splice(first, removed, added.map(prefixesIn))) this.#lens = undefined;
  }

  /** The same object as long as nothing changes. */
  get lens(): CacheLens {
    this.#lens ??= lensOver(this.#starts, this.models);
    return this.#lens;
  }
}
