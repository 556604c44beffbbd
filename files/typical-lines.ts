import { type ReadOptions, readLines } from './read-lines';

/**
 * The first, the median and the longest of a file's lines, as 0-based numbers in the order of the file, each once.
 * `lengths` has one figure a line, 0 for a blank one.
 */
export function typicalLines(lengths: readonly number[]): number[] {
  const filled = lengths.flatMap((length, line) => (length > 0 ? [{ length, line }] : []));
  const byLength = [...filled].sort((a, b) => a.length - b.length);
  const typical = [filled[0], byLength[Math.floor((byLength.length - 1) / 2)], byLength.at(-1)];
  return [...new Set(typical.flatMap((each) => each?.line ?? []))].sort((a, b) => a - b);
}

/** The same of a file on disk, of any size, by the bytes of its lines. Throws what `readLines` throws. */
export async function typicalLinesOf(path: string, options: ReadOptions = {}): Promise<number[]> {
  const lengths: number[] = [];
  await readLines(path, ({ bytes, isBlank }) => lengths.push(isBlank ? 0 : bytes.length), options);
  return typicalLines(lengths);
}
