import { type ReadOptions, readLines } from '../files/read-lines';
import { customIdOf } from '../runs/custom-id';

/** Where a request stands in its file. */
export interface RequestPlace {
  /** 0-based. */
  readonly line: number;
  readonly start: number;
  /** Without the line's end. */
  readonly bytes: number;
}

/** The requests of a batch file by their ids, in its order; of several with one id the first. Throws what `readLines` throws. */
export async function requestPlaces(path: string, options: ReadOptions = {}): Promise<Map<string, RequestPlace>> {
  const places = new Map<string, RequestPlace>();
  let line = 0;
  await readLines(
    path,
    (raw) => {
      const customId = raw.isBlank ? null : customIdOf(raw.bytes);
      if (customId !== null && !places.has(customId)) {
        places.set(customId, { line, start: raw.start, bytes: raw.to - raw.from });
      }
      line++;
    },
    options,
  );
  return places;
}
