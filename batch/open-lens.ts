import { type LineAnalysis, prefixesIn } from './analysis';
import { type CacheLens, cacheLens } from './cost/cache-lens';
import type { CachePrefixes } from './cost/cache-prefixes';
import type { ModelTable } from './cost/models';

/**
 * What the requests of a document share, while it is edited: it counts how many begin alike as lines come and go, so that all
 * are compared anew only where that matters.
 */
export class OpenLens {
  readonly #times = new Map<number, number>();
  /** Made when it is wanted, and anew when what requests share has changed or a line has moved. */
  #lens: CacheLens | undefined;

  add(analysis: LineAnalysis): void {
    for (const key of keysOf(analysis)) this.#times.set(key, this.#timesOf(key) + 1);
  }

  remove(analysis: LineAnalysis): void {
    for (const key of keysOf(analysis)) {
      const left = this.#timesOf(key) - 1;
      if (left > 0) this.#times.set(key, left);
      else this.#times.delete(key);
    }
  }

  /** Lines of which that was known, and now is this; both are counted already. */
  change(before: readonly LineAnalysis[], after: readonly LineAnalysis[]): void {
    const isSame =
      before.length === after.length &&
      before.every((each, i) => this.#isSameToOthers(prefixesIn(each), prefixesIn(after[i]!)));
    if (!isSame) this.#lens = undefined;
  }

  /** The same object as long as nothing changes. `lines` are all. */
  over(lines: readonly LineAnalysis[], models: ModelTable): CacheLens {
    this.#lens ??= cacheLens(lines.map(prefixesIn), models);
    return this.#lens;
  }

  /** It shares with them what it shared, and the rest with none. */
  #isSameToOthers(before: CachePrefixes | undefined, after: CachePrefixes | undefined): boolean {
    if (before === after) return true;
    if (!before || !after || before.isLong !== after.isLong) return false;
    const isSameShape = before.shape === after.shape || JSON.stringify(before.shape) === JSON.stringify(after.shape);
    return (
      isSameShape &&
      before.keys.every((key, end) => {
        const now = after.keys[end]!;
        return key === now || (this.#timesOf(key) === 0 && this.#timesOf(now) === 1);
      })
    );
  }

  #timesOf(key: number): number {
    return this.#times.get(key) ?? 0;
  }
}

function keysOf(analysis: LineAnalysis): readonly number[] {
  return prefixesIn(analysis)?.keys ?? NONE;
}

const NONE: readonly number[] = [];
