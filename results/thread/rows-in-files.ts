import { readLines } from '../../files/read-lines';
import { parseLine } from '../../runs/custom-id';

/** A row as it was parsed, and the 0-based number of its line. */
export interface Row {
  readonly line: number;
  readonly value: unknown;
}

/** Reads results files for `match`, chunk by chunk; `tell` hears of each chunk how far it all is. */
export async function rowsInFiles(
  paths: readonly string[],
  match: (file: number, rows: readonly Row[]) => void,
  tell: (done: number) => void,
): Promise<void> {
  for (const [file, path] of paths.entries()) {
    let line = 0;
    let chunk: Row[] = [];
    const flush = (): void => {
      match(file, chunk);
      chunk = [];
    };
    await readLines(
      path,
      (raw) => {
        if (!raw.isBlank) chunk.push({ line, value: parseLine(raw.bytes) });
        line++;
      },
      {
        blocking: true,
        onProgress: (read, size) => {
          flush();
          tell((file + read / size) / paths.length);
        },
      },
    );
    flush();
  }
}
