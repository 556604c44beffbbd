const QUOTE = 0x22;
const COMMA = 0x2c;
const BACKSLASH = 0x5c;
const OPEN_BRACKET = 0x5b;
const CLOSE_BRACKET = 0x5d;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;
const SPACE = 0x20;

/** Nesting inside the list of the body's `requests`. */
const LIST_DEPTH = 2;

/**
 * Takes a create body as it arrives and hands out its requests one by one, as the bytes they were sent as, so that
 * memory holds one request and never the body. It only counts brackets and skips strings; whether the pieces are JSON is
 * for the caller to parse.
 */
export class BodySplitter {
  /** Of the request at hand: what earlier chunks held. */
  readonly #pieces: Buffer[] = [];
  #frame = '';
  #depth = 0;
  #inString = false;
  #escaped = false;
  #inList = false;
  #inRequest = false;
  /** Where, in the chunk at hand, the bytes begin that were not handed on yet. */
  #from = 0;

  constructor(readonly onRequest: (bytes: Buffer) => void) {}

  /** The body with `null` in place of every request: it is JSON if and only if the body is, apart from its requests. */
  get frame(): string {
    return this.#frame;
  }

  push(chunk: Buffer): void {
    this.#from = 0;
    for (let at = 0; at < chunk.length; at++) {
      if (this.#inString) at = this.#stringEnd(chunk, at);
      else this.#step(chunk, at, chunk[at] ?? SPACE);
    }
    if (this.#inRequest) this.#pieces.push(Buffer.from(chunk.subarray(this.#from)));
    else this.#toFrame(chunk, chunk.length);
  }

  #step(chunk: Buffer, at: number, byte: number): void {
    if (this.#inList && this.#depth === LIST_DEPTH) this.#stepInList(chunk, at, byte);
    if (byte === QUOTE) this.#inString = true;
    else if (byte === OPEN_BRACE || byte === OPEN_BRACKET) {
      this.#depth++;
      if (byte === OPEN_BRACKET && this.#depth === LIST_DEPTH) {
        this.#toFrame(chunk, at + 1);
        this.#inList = endsWithRequestsKey(this.#frame);
      }
    } else if (byte === CLOSE_BRACE || byte === CLOSE_BRACKET) this.#depth--;
  }

  #stepInList(chunk: Buffer, at: number, byte: number): void {
    if (byte === COMMA || byte === CLOSE_BRACKET) {
      if (this.#inRequest) this.#handOut(chunk, at);
      if (byte === CLOSE_BRACKET) this.#inList = false;
    } else if (!this.#inRequest && byte > SPACE) {
      this.#toFrame(chunk, at);
      this.#inRequest = true;
    }
  }

  #handOut(chunk: Buffer, end: number): void {
    this.onRequest(Buffer.concat([...this.#pieces, chunk.subarray(this.#from, end)]));
    this.#pieces.length = 0;
    this.#from = end;
    this.#frame += 'null';
    this.#inRequest = false;
  }

  #toFrame(chunk: Buffer, end: number): void {
    this.#frame += chunk.toString('utf8', this.#from, end);
    this.#from = end;
  }

  /** The index of the quote that ends the string at hand, or the chunk's length. */
  #stringEnd(chunk: Buffer, start: number): number {
    for (let at = start; at < chunk.length; at++) {
      const byte = chunk[at];
      if (this.#escaped) this.#escaped = false;
      else if (byte === BACKSLASH) this.#escaped = true;
      else if (byte === QUOTE) {
        this.#inString = false;
        return at;
      }
    }
    return chunk.length;
  }
}

/** Whether the text ends in `"requests":[`. */
function endsWithRequestsKey(frame: string): boolean {
  const key = frame.slice(0, -1).trimEnd();
  return key.endsWith(':') && key.slice(0, -1).trimEnd().endsWith('"requests"');
}
