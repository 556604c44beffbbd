import { readSync } from 'node:fs';
import { type FileHandle, open, rm } from 'node:fs/promises';

/** The requests of one batch, in a temporary file: a batch of 256 MB costs its offsets in memory, not its bytes. */
export interface RequestsFile {
  /** How many there are. */
  count(): number;
  /** Keeps one more; `flush` brings it to disk. */
  append(request: Buffer): void;
  flush(): Promise<void>;
  /** The JSON text of the request at a 0-based index. */
  read(index: number): string;
  remove(): Promise<void>;
}

export async function createRequestsFile(path: string): Promise<RequestsFile> {
  const file: FileHandle = await open(path, 'wx+', 0o600);
  const starts: number[] = [];
  let pending: Buffer[] = [];
  let size = 0;
  return {
    count: () => starts.length,
    append(request) {
      starts.push(size);
      pending.push(request);
      size += request.length;
    },
    async flush() {
      const taken = pending;
      pending = [];
      if (taken.length > 0) await file.appendFile(Buffer.concat(taken));
    },
    read(index) {
      const start = starts[index];
      if (start === undefined) throw new RangeError(`There is no request ${index} in this batch.`);
      const bytes = Buffer.allocUnsafe((starts[index + 1] ?? size) - start);
      readSync(file.fd, bytes, 0, bytes.length, start);
      return bytes.toString('utf8');
    },
    async remove() {
      await file.close();
      await rm(path, { force: true });
    },
  };
}
