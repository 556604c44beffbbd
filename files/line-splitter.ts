/** A line of a file as bytes, without its terminator and without a byte order mark. Valid until the next chunk is read. */
export class RawLine {
  constructor(
    /** The line is in there, in [from, to). */
    readonly memory: Uint8Array,
    readonly from: number,
    readonly to: number,
    /** Where it begins in the file. */
    readonly start: number,
    /** Only the last line has none. */
    readonly eol: '\n' | '\r\n' | '\r' | '',
    /** A byte order mark stands before it. */
    readonly mark: boolean,
  ) {}

  get bytes(): Uint8Array {
    return this.memory.subarray(this.from, this.to);
  }

  /** Nothing but spaces and tabs: no request, and nothing of it is sent. */
  get isBlank(): boolean {
    for (let i = this.from; i < this.to; i++) if (!isBlankByte(this.memory[i])) return false;
    return true;
  }
}

const LF = 0x0a;
const CR = 0x0d;
const BYTE_ORDER_MARK = [0xef, 0xbb, 0xbf];
const NOTHING = new Uint8Array(0);

/**
 * Cuts a stream of bytes into lines, whatever the chunks are. LF, CR LF and a lone CR each end a line, as in an editor.
 * Only a line across chunks is copied. Nothing after the last terminator is no line.
 */
export class LineSplitter {
  /** The beginning of a line whose end is not seen yet; its last byte may be a CR that waits for its LF. */
  #carry: Uint8Array[] = [];
  #start = 0;

  /** The lines that surely end in this chunk. */
  push(chunk: Uint8Array): RawLine[] {
    const lines: RawLine[] = [];
    let from = this.#endCarriedCr(chunk, lines);
    const hasCr = chunk.includes(CR, from);
    for (;;) {
      const end = lineEnd(chunk, from, hasCr);
      if (end === -1 || (chunk[end] === CR && end === chunk.length - 1)) break;
      const eol = eolAt(chunk, end);
      lines.push(this.#line(chunk, from, end, eol));
      from = end + eol.length;
    }
    // A copy, because the chunk's memory may be used again for the next.
    if (from < chunk.length) this.#carry.push(Uint8Array.from(chunk.subarray(from)));
    return lines;
  }

  /** Bytes of the line whose end is not seen yet: they are kept in memory. */
  get carried(): number {
    return this.#carry.reduce((sum, { length }) => sum + length, 0);
  }

  /** The last line, where no terminator follows it. */
  end(): RawLine[] {
    const last = this.#carry.at(-1);
    if (last === undefined) return [];
    return [last.at(-1) === CR ? this.#carriedLine('\r') : this.#line(NOTHING, 0, 0, '')];
  }

  /** Ends the line whose CR was the last byte before this chunk; returns how many bytes of the chunk belong to that. */
  #endCarriedCr(chunk: Uint8Array, lines: RawLine[]): 0 | 1 {
    if (chunk.length === 0 || this.#carry.at(-1)?.at(-1) !== CR) return 0;
    const crLf = chunk[0] === LF;
    lines.push(this.#carriedLine(crLf ? '\r\n' : '\r'));
    return crLf ? 1 : 0;
  }

  /** The carried line without the CR that ends it. */
  #carriedLine(eol: '\r' | '\r\n'): RawLine {
    const carried = Buffer.concat(this.#carry);
    this.#carry = [];
    return this.#line(carried, 0, carried.length - 1, eol);
  }

  #line(memory: Uint8Array, from: number, to: number, eol: RawLine['eol']): RawLine {
    if (this.#carry.length > 0) {
      const whole = Buffer.concat([...this.#carry, memory.subarray(from, to)]);
      this.#carry = [];
      return this.#line(whole, 0, whole.length, eol);
    }
    const line = rawLine(memory, from, to, this.#start, eol);
    this.#start += to - from + eol.length;
    return line;
  }
}

/** The lines of bytes that end where a line ends, from their beginning on. None is copied. */
export function linesOf(bytes: Uint8Array): RawLine[] {
  const lines: RawLine[] = [];
  const hasCr = bytes.includes(CR);
  for (let from = 0; from < bytes.length; ) {
    const end = lineEnd(bytes, from, hasCr);
    const to = end < 0 ? bytes.length : end;
    const eol = end < 0 ? '' : eolAt(bytes, end);
    lines.push(rawLine(bytes, from, to, from, eol));
    from = to + eol.length;
  }
  return lines;
}

/** `start` is where it begins with its mark. */
function rawLine(memory: Uint8Array, from: number, to: number, start: number, eol: RawLine['eol']): RawLine {
  const mark = hasMark(memory, from, to);
  const skipped = mark ? BYTE_ORDER_MARK.length : 0;
  return new RawLine(memory, from + skipped, to, start + skipped, eol, mark);
}

function eolAt(bytes: Uint8Array, at: number): '\n' | '\r\n' | '\r' {
  if (bytes[at] === LF) return '\n';
  return bytes[at + 1] === LF ? '\r\n' : '\r';
}

function hasMark(memory: Uint8Array, from: number, to: number): boolean {
  return (
    memory[from] === BYTE_ORDER_MARK[0] &&
    BYTE_ORDER_MARK.every((byte, i) => from + i < to && memory[from + i] === byte)
  );
}

function lineEnd(chunk: Uint8Array, from: number, hasCr: boolean): number {
  const lf = chunk.indexOf(LF, from);
  if (!hasCr) return lf;
  const cr = (lf === -1 ? chunk : chunk.subarray(0, lf)).indexOf(CR, from);
  return cr === -1 ? lf : cr;
}

/** Nothing but spaces and tabs: no request, and nothing of it is sent. */
export function isBlank(line: Uint8Array): boolean {
  return line.every(isBlankByte);
}

function isBlankByte(byte: number | undefined): boolean {
  return byte === 0x20 || byte === 0x09;
}
