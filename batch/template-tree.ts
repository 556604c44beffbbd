import { LineContent } from './line-content';
import type { LineBytes, LineReader } from './line-reader';
import type { Template } from './template';
import type { Hole } from './template-holes';
import { utf8Bytes } from './utf8';

/** Fixed bytes, and what may follow them. */
interface Branch {
  bytes: Uint8Array<ArrayBuffer>;
  view: DataView;
  /** Each begins with another byte. */
  further: Branch[];
  holes: { readonly hole: Hole; readonly then: Branch }[];
  /** Lines of this one end here. */
  template: Template | undefined;
}

/** Ways that may be gone in vain before a line counts as none that is known. */
const MOST_FAILURES = 64;

/** Templates by what their lines begin with, so that a line is read once however many there are. */
export class TemplateTree {
  /** What the holes of the line hold that was found last. */
  readonly content = new LineContent();
  readonly #root = branch(new Uint8Array(0));
  readonly #reader: LineReader;
  #end = 0;
  #failures = 0;

  constructor(reader: LineReader) {
    this.#reader = reader;
  }

  /** The template that a line is one of, as far as its bytes tell. */
  find(line: LineBytes): Template | undefined {
    this.#reader.start(line);
    this.#end = line.to;
    this.#failures = 0;
    this.content.count = 0;
    return this.#follow(this.#root);
  }

  /** Takes a template in. */
  add(template: Template): void {
    let at = this.#root;
    template.pieces.forEach((piece, i) => {
      at = grown(at, utf8Bytes(piece));
      const hole = template.holes[i];
      if (hole) at = throughHole(at, hole);
    });
    at.template = template;
  }

  #follow({ view, further, holes, template }: Branch): Template | undefined {
    const reader = this.#reader;
    if (!reader.skip(view)) return this.#fail();
    const { at } = reader;
    if (template && at === this.#end) return template;
    const { count } = this.content;
    const next = reader.next;
    for (const each of further) {
      if (each.bytes[0] !== next) continue;
      const found = this.#follow(each);
      if (found) return found;
      break;
    }
    for (const { hole, then } of holes) {
      if (this.#failures > MOST_FAILURES) break;
      reader.at = at;
      this.content.count = count;
      const found = this.content.read(hole, reader) ? this.#follow(then) : this.#fail();
      if (found) return found;
    }
    return undefined;
  }

  #fail(): undefined {
    this.#failures++;
  }
}

function branch(bytes: Uint8Array<ArrayBuffer>): Branch {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  return { bytes, view, further: [], holes: [], template: undefined };
}

/** The branch that lies these bytes further on. */
function grown(from: Branch, bytes: Uint8Array<ArrayBuffer>): Branch {
  if (bytes.length === 0) return from;
  const known = from.further.find((each) => each.bytes[0] === bytes[0]);
  if (!known) {
    const made = branch(bytes);
    from.further.push(made);
    return made;
  }
  let shared = 1;
  while (shared < known.bytes.length && shared < bytes.length && known.bytes[shared] === bytes[shared]) shared++;
  if (shared < known.bytes.length) split(known, shared);
  return grown(known, bytes.subarray(shared));
}

/** Two branches in its stead, the first of so many bytes. */
function split(it: Branch, length: number): void {
  const rest = { ...it, ...bytesOf(it.bytes.subarray(length)) };
  Object.assign(it, branch(it.bytes.subarray(0, length)), { further: [rest] });
}

function bytesOf(bytes: Uint8Array<ArrayBuffer>): Pick<Branch, 'bytes' | 'view'> {
  return { bytes, view: new DataView(bytes.buffer, bytes.byteOffset, bytes.length) };
}

function throughHole(from: Branch, hole: Hole): Branch {
  const key = JSON.stringify(hole);
  const known = from.holes.find((each) => JSON.stringify(each.hole) === key);
  if (known) return known.then;
  const then = branch(new Uint8Array(0));
  from.holes.push({ hole, then });
  return then;
}
