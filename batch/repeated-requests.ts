import type { LineAnalysis, RequestLine } from './analysis';
import { CustomIds } from './custom-ids';
import { likenessOf, NONE_REPEATED, nanoUsdOf, paramsHash, type Repeated, sampleOf } from './likeness';
import type { Line } from './lines';

/**
 * Which requests of an open document ask the same, to the byte, under other ids, while it is edited. Only the texts of those
 * are looked at that are like another.
 */
export class RepeatedRequests {
  /** By likeness: the one line that has it, or how many do. */
  readonly #like = new Map<number, Line | number>();
  /** What those lines say but their ids, and what each costs. */
  readonly #compared = new Map<Line, { readonly hash: string; readonly nanoUsd: number }>();
  readonly #same = new CustomIds<Line>();
  #nanoUsd = 0;

  /** Made when it is wanted, and anew when one of them has come or gone or a line has moved. */
  #among: Repeated | undefined;

  add(line: Line, analysis: LineAnalysis): void {
    if (analysis.kind !== 'request') return;
    const key = keyOf(line, analysis);
    if (key === 0) return;
    const nanoUsd = nanoUsdOf(analysis);
    const before = this.#like.get(key);
    if (before === undefined) {
      this.#like.set(key, line);
      return;
    }
    // What is alike costs the same.
    if (typeof before !== 'number') this.#compare(before, nanoUsd);
    this.#compare(line, nanoUsd);
    this.#like.set(key, typeof before === 'number' ? before + 1 : 2);
  }

  remove(line: Line, analysis: LineAnalysis): void {
    if (analysis.kind !== 'request') return;
    const key = keyOf(line, analysis);
    if (key === 0) return;
    const known = this.#like.get(key);
    if (typeof known !== 'number') {
      if (known === line) this.#like.delete(key);
      return;
    }
    this.#forget(line);
    if (known > 1) this.#like.set(key, known - 1);
    else this.#like.delete(key);
  }

  /** Lines have other numbers now. */
  move(): void {
    this.#among = undefined;
  }

  /** The same, given all lines in order: groups of so many that `most` lines repeat another, and the rest counted. */
  among(lines: readonly Line[], most: number): Repeated {
    this.#among ??= this.#made(lines, most);
    return this.#among;
  }

  #made(lines: readonly Line[], most: number): Repeated {
    const { ids, more } = this.#same.duplicatesAmong(lines, most);
    if (ids.length === 0) return NONE_REPEATED;
    return { groups: ids.map((same) => same.lines), more, usd: this.#nanoUsd / 1e9 };
  }

  #compare(line: Line, nanoUsd: number): void {
    const hash = paramsHash(line.text);
    if (this.#same.has(hash)) this.#nanoUsd += nanoUsd;
    this.#compared.set(line, { hash, nanoUsd });
    this.#same.add(hash, line);
    this.#among = undefined;
  }

  #forget(line: Line): void {
    const known = this.#compared.get(line);
    if (!known) return;
    this.#compared.delete(line);
    this.#among = undefined;
    this.#same.remove(known.hash, line);
    if (this.#same.has(known.hash)) this.#nanoUsd -= known.nanoUsd;
  }
}

function keyOf({ text }: Line, request: RequestLine): number {
  return likenessOf(request, sampleOf(text, request.facts.customId));
}
