import { isUtf8 } from 'node:buffer';
import type { Path } from '../batch/finding';
import { stringAt } from './excerpt-view';
import { type ReadOptions, readLines } from './read-lines';

/**
 * Where in a file a JSON string, written with the same bytes, stands at the same path of a request: offsets in bytes,
 * ascending. Throws what `readLines` throws.
 */
export async function sharedText(path: string, at: Path, token: string, options: ReadOptions = {}): Promise<number[]> {
  const wanted = Buffer.from(token);
  const starts: number[] = [];
  await readLines(
    path,
    (line) => {
      const bytes = Buffer.from(line.memory.buffer, line.memory.byteOffset + line.from, line.to - line.from);
      // Most lines are told by their bytes alone.
      if (!bytes.includes(wanted) || !isUtf8(bytes)) return;
      const text = bytes.toString('utf8');
      const start = startOf(text, at, token);
      if (start !== undefined) starts.push(line.start + Buffer.byteLength(text.slice(0, start)));
    },
    options,
  );
  return starts;
}

/** The UTF-16 offset where a line has this JSON string at a path; undefined where it has another, or none. */
export function startOf(line: string, at: Path, token: string): number | undefined {
  try {
    const found = stringAt(line, at);
    return found.token === token ? found.start : undefined;
  } catch {
    return undefined;
  }
}
