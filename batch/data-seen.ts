const MARK = '"base64"';
/** Where a sample of the data is taken, in characters behind the mark: headers are alike in many files, what follows is not. */
const SAMPLE = { from: 1000, to: 1100 };
const MOST_SAMPLES = 4096;

/**
 * Tells lines whose pictures and documents were not seen before. Each is long and mostly in one line only, which then is like
 * no other. A guess, good enough to spare work.
 */
export class DataSeen {
  /** Hashes: the samples themselves would hold on to whole lines. */
  readonly #samples = new Set<number>();

  /** Whether a line has data, and not of a line before. */
  isNew(text: string): boolean {
    const mark = text.indexOf(MARK);
    if (mark < 0 || text.length < mark + SAMPLE.to) return false;
    let hash = 0;
    for (let i = mark + SAMPLE.from; i < mark + SAMPLE.to; i++) hash = (31 * hash + text.charCodeAt(i)) | 0;
    if (this.#samples.has(hash)) return false;
    if (this.#samples.size < MOST_SAMPLES) this.#samples.add(hash);
    return true;
  }
}
