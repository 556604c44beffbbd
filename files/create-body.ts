import { isBlank, LineSplitter, type RawLine } from './line-splitter';

const OPEN = Buffer.from('{"requests":[');
const COMMA = 0x2c;
const CLOSE = Buffer.from(']}');

/**
 * Turns the bytes of a batch file into those of the create body it makes: `{"requests":[`, the lines joined by commas,
 * `]}`. Lines go over as they are; byte order marks, line ends and blank lines stay behind. What checks a file and what
 * sends it both use this, so that what was checked is what is sent.
 */
export class CreateBody {
  /** Bytes of the body given out so far; after `end`, of the whole. */
  bytes = 0;
  /** Lines that are not blank, so far. */
  requests = 0;
  readonly #splitter = new LineSplitter();
  readonly #onLine: (line: RawLine, isRequest: boolean) => void;

  /** `onLine` is given every line, and whether it is a request: a blank line is none. */
  constructor(onLine: (line: RawLine, isRequest: boolean) => void = () => {}) {
    this.#onLine = onLine;
  }

  /** The next bytes of the file; returns the next of the body. */
  push(chunk: Uint8Array): Uint8Array {
    return this.#join(this.#splitter.push(chunk), null);
  }

  /** The file has ended; returns the last bytes of the body. */
  end(): Uint8Array {
    return this.#join(this.#splitter.end(), CLOSE);
  }

  #join(lines: readonly RawLine[], close: Uint8Array | null): Uint8Array {
    let size = OPEN.length + CLOSE.length;
    for (const { bytes } of lines) size += bytes.length + 1;
    const joined = Buffer.allocUnsafe(size);
    let at = this.bytes === 0 ? OPEN.copy(joined) : 0;
    for (const line of lines) {
      const isRequest = !isBlank(line.bytes);
      this.#onLine(line, isRequest);
      if (!isRequest) continue;
      if (this.requests > 0) joined[at++] = COMMA;
      joined.set(line.bytes, at);
      at += line.bytes.length;
      this.requests++;
    }
    if (close) {
      joined.set(close, at);
      at += close.length;
    }
    this.bytes += at;
    return joined.subarray(0, at);
  }
}
