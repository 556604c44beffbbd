import { createHash } from 'node:crypto';
import { CreateBody } from '../files/create-body';
import type { LineSelection } from '../files/line-selection';
import { readChunks } from '../files/read-lines';
import type { CreateBodyStream } from './batches-api';
import { canceled } from './run-error';
import { changed, sourceError } from './submitted';

/** Bytes of the create body that have been handed to the network, of all. */
export type UploadProgress = (sent: number, total: number) => void;

/** `]}`: without them what arrived is no JSON. */
const CLOSING_BYTES = 2;

export interface UploadOptions {
  /** Absolute path of the batch file. */
  readonly source: string;
  /** The lines of it that are sent; all where there is none. */
  readonly lines?: LineSelection | undefined;
  /** Size and SHA-256 (hexadecimal) of the create body, as they were when the file was checked. */
  readonly bytes: number;
  readonly sha256: string;
  /** Called when all is sent but the last bytes, which wait for it. */
  readonly beforeLast: () => Promise<void>;
  readonly onProgress?: UploadProgress | undefined;
  readonly signal?: AbortSignal | undefined;
}

export interface Upload extends CreateBodyStream {
  /** The last bytes have been let go. Before that no batch can have been made: what arrived is no JSON. */
  readonly released: boolean;
}

/**
 * The file's own bytes as a create body. The last of them, at the least the closing brackets, are withheld until
 * size and hash have turned out to be those that were checked; otherwise reading throws `RunError` `changed`.
 */
export function uploadOf(options: UploadOptions): Upload {
  const upload = { bytes: options.bytes, released: false, chunks: chunks() };
  return upload;

  async function* chunks(): AsyncGenerator<Uint8Array> {
    const { bytes, onProgress, signal } = options;
    const body = new CreateBody(undefined, options.lines);
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
    const rest = Buffer.concat([held, body.end()]);
    hash.update(rest.subarray(held.length));
    if (body.bytes !== bytes || hash.digest('hex') !== options.sha256) throw changed(options.source);
    // All but the brackets first: a connection that is cut meanwhile leaves no doubt.
    if (rest.length > CLOSING_BYTES) yield rest.subarray(0, -CLOSING_BYTES);
    await options.beforeLast();
    if (signal?.aborted) throw canceled();
    upload.released = true;
    yield rest.subarray(-CLOSING_BYTES);
    onProgress?.(bytes, bytes);
  }
}

async function* chunksOf(source: string): AsyncGenerator<Uint8Array> {
  try {
    yield* readChunks(source);
  } catch (error) {
    throw sourceError(error, source);
  }
}
