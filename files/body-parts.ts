import { PADDING } from '../batch/line-reader';
import { CreateBody } from './create-body';
import type { Lines } from './judge-lines';
import type { RawLine } from './line-splitter';

/** Cuts the bytes of a batch file into pieces of its create body, each with the lines that it is made of. */
export class BodyParts {
  readonly #body: CreateBody;
  /** Memory that is free to be used again. */
  readonly #free: Uint8Array[] = [];
  #lines: ReturnType<typeof noLines> = noLines();

  /** `onLine` gets every line of the file. */
  constructor(onLine: (line: RawLine, isRequest: boolean) => void) {
    this.#body = new CreateBody(
      (line, isRequest, at) => {
        this.#add(line, isRequest, at);
        onLine(line, isRequest);
      },
      (size) => this.#allocate(size),
    );
  }

  /** The piece that the next bytes of the file make. */
  push(chunk: Uint8Array): Lines {
    return this.#part(() => this.#body.push(chunk));
  }

  /** The last piece. */
  end(): Lines {
    return this.#part(() => this.#body.end());
  }

  /** A piece's memory is no longer needed. */
  recycle({ bytes }: Pick<Lines, 'bytes'>): void {
    this.#free.push(new Uint8Array(bytes.buffer));
  }

  #part(make: () => Uint8Array): Lines {
    this.#lines = noLines();
    const bytes = make();
    return { bytes, ...this.#lines };
  }

  #add({ from, to, eol, mark }: RawLine, isRequest: boolean, at: number): void {
    const { from: froms, to: tos, bareCr, marked } = this.#lines;
    if (eol === '\r') bareCr.push(froms.length);
    if (mark) marked.push(froms.length);
    froms.push(at);
    tos.push(isRequest ? at + to - from : at);
  }

  #allocate(size: number): Uint8Array {
    const free = this.#free.pop();
    return free && free.length >= size + PADDING ? free : new Uint8Array(size + ROOM);
  }
}

/** Pieces differ a little in size. */
const ROOM = 1 << 16;

function noLines() {
  return { from: [] as number[], to: [] as number[], bareCr: [] as number[], marked: [] as number[] };
}
