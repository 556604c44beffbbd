import { type ReadOptions, readLinesUntil } from './read-lines';

/** The texts of some lines of a file by their 0-based numbers, without terminators, read at one go. Throws as `readLines` does. */
export async function textsAt(
  path: string,
  lines: readonly number[],
  options: ReadOptions = {},
): Promise<Map<number, string>> {
  const wanted = new Set(lines);
  const texts = new Map<number, string>();
  let number = 0;
  if (wanted.size === 0) return texts;
  await readLinesUntil(
    path,
    ({ bytes }) => {
      const line = number++;
      if (wanted.has(line)) texts.set(line, Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('utf8'));
      return texts.size === wanted.size;
    },
    options,
  );
  return texts;
}
