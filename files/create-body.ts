import { type LineSelection, type Takes, takesOf } from './line-selection';
import { LineSplitter, type RawLine } from './line-splitter';

const OPEN = Buffer.from('{"requests":[');
const COMMA = 0x2c;
const CLOSE = Buffer.from(']}');
const NOTHING = Buffer.alloc(0);

/** Gets a line, and whether it is a request of the body: a blank one is none, and so is one that is left out. */
export type OnLine = (line: RawLine, isRequest: boolean) => void;

/**
 * Turns the bytes of a batch file into those of the create body it makes: `{"requests":[`, the lines joined by commas,
 * `]}`. Lines go over as they are; byte order marks, line ends and blank lines stay behind. What checks a file and what
 * sends it both use this, so that what was checked is what is sent.
 */
export class CreateBody {
  /** Bytes of the body given out so far; after `end`, of the whole. */
  bytes = 0;
  /** Requests of the body so far. */
  requests = 0;
  #line = 0;
  readonly #splitter = new LineSplitter();
  readonly #onLine: OnLine;
  readonly #takes: Takes;

  /** `onLine` is given every line. Lines that are not taken stay behind, too. */
  constructor(onLine: OnLine = () => {}, lines?: LineSelection) {
    this.#onLine = onLine;
    this.#takes = takesOf(lines);
  }

  /** The next bytes of the file; returns the next of the body. */
  push(chunk: Uint8Array): Uint8Array {
    return this.#join(this.#splitter.push(chunk), NOTHING);
  }

  /** The file has ended; returns the last bytes of the body. */
  end(): Uint8Array {
    return this.#join(this.#splitter.end(), CLOSE);
  }

  #join(lines: readonly RawLine[], close: Uint8Array): Uint8Array {
    const open = this.bytes === 0 ? OPEN : NOTHING;
    let size = open.length + close.length;
    for (const { from, to } of lines) size += to - from + 1;
    const joined = Buffer.allocUnsafe(size);
    joined.set(open);
    let at = open.length;
    const commas: number[] = [];
    const run = new Run(joined);
    for (const line of lines) {
      const isRequest = this.#takes(this.#line++) && !line.isBlank;
      if (isRequest && this.requests++ > 0) commas.push(at++);
      this.#onLine(line, isRequest);
      if (!isRequest) continue;
      run.add(line, at);
      at += line.to - line.from;
    }
    run.end();
    for (const comma of commas) joined[comma] = COMMA;
    joined.set(close, at);
    at += close.length;
    this.bytes += at;
    return joined.subarray(0, at);
  }
}

/** Copies lines that lie one byte apart at once. */
class Run {
  #memory: Uint8Array = NOTHING;
  #from = 0;
  #to = 0;
  #at = 0;

  constructor(readonly target: Uint8Array) {}

  /** The line goes to offset `at` of the target, one byte behind the line before it. */
  add({ memory, from, to }: RawLine, at: number): void {
    if (memory !== this.#memory || from !== this.#to + 1) {
      this.end();
      this.#memory = memory;
      this.#from = from;
      this.#at = at;
    }
    this.#to = to;
  }

  end(): void {
    this.target.set(this.#memory.subarray(this.#from, this.#to), this.#at);
  }
}
