import { createHash } from 'node:crypto';
import { CreateBody } from '../files/create-body';
import { FileChangedError, readChunks } from '../files/read-lines';
import type { CreateBodyStream } from './batches-api';
import { customIdOf } from './custom-id';
import { canceled, RunError, toDiskError } from './run-error';
import { lineMark, type Submitted } from './submitted';

/** Bytes of the create body that have been handed to the network, of all. */
export type UploadProgress = (sent: number, total: number) => void;

export interface UploadOptions {
  /** Absolute path of the batch file. */
  readonly source: string;
  /** Size and SHA-256 (hexadecimal) of the create body, as they were when the file was checked. */
  readonly bytes: number;
  readonly sha256: string;
  /** Called with what is submitted when all is sent but the last bytes, which wait for it. */
  readonly beforeLast: (requests: readonly Submitted[]) => Promise<void>;
  readonly onProgress?: UploadProgress | undefined;
  readonly signal?: AbortSignal | undefined;
}

export interface Upload extends CreateBodyStream {
  /** The last bytes have been let go. Before that no batch can have been made: what arrived is no JSON. */
  readonly released: boolean;
}

/**
 * The file's own bytes as a create body. The last of them, never fewer than the closing brackets, are withheld until
 * size and hash have turned out to be those that were checked; otherwise reading throws `RunError` `changed`.
 */
export function uploadOf(options: UploadOptions): Upload {
  const upload = { bytes: options.bytes, released: false, chunks: chunks() };
  return upload;

  async function* chunks(): AsyncGenerator<Uint8Array> {
    const { bytes, onProgress, signal } = options;
    const requests: Submitted[] = [];
    const body = new CreateBody(({ bytes: line }, isRequest) => {
      if (isRequest) requests.push({ customId: customIdOf(line) ?? '', mark: lineMark(line) });
    });
    const hash = createHash('sha256');
    let held: Uint8Array = Buffer.alloc(0);
    let sent = 0;
    for await (const chunk of chunksOf(options.source)) {
      const next = body.push(chunk);
      if (body.bytes > bytes) throw changed(options.source);
      if (next.length === 0) continue;
      hash.update(next);
      if (held.length > 0) yield held;
      sent += held.length;
      onProgress?.(sent, bytes);
      held = next;
    }
    const last = Buffer.concat([held, body.end()]);
    hash.update(last.subarray(held.length));
    if (body.bytes !== bytes || hash.digest('hex') !== options.sha256) throw changed(options.source);
    await options.beforeLast(requests);
    if (signal?.aborted) throw canceled();
    upload.released = true;
    yield last;
    onProgress?.(bytes, bytes);
  }
}

async function* chunksOf(source: string): AsyncGenerator<Uint8Array> {
  try {
    yield* readChunks(source);
  } catch (error) {
    throw error instanceof FileChangedError ? changed(source) : toDiskError(error, `${source} cannot be read`);
  }
}

function changed(source: string): RunError {
  return new RunError('changed', `${source} was changed since it was checked: check it again, nothing was sent.`);
}
