import { OF_MESSAGES, OF_OTHERS } from './moved';
import type { Outline } from './outline';

/**
 * Elements of an array that follow each other with the same outline, such as documents, or messages with their answers.
 * Such a unit stands in the outline once, however often it comes.
 */
export interface Run {
  /** How often the unit comes, 2 or more. */
  count: number;
  /** Elements of the unit, and where in the array the first of all is. */
  readonly size: number;
  readonly first: number;
  /** The index of the message whose blocks they are, OF_MESSAGES or OF_OTHERS. */
  readonly owner: number;
  /** The bytes of the line in which the unit first stands, … */
  readonly from: number;
  readonly to: number;
  /** … and where its second and its last place end. */
  readonly secondEnd: number;
  end: number;
}

/** An array that is being read, as far as it comes after its last run. */
interface OpenArray {
  isOfMessages: boolean;
  /** How many elements were read in all. */
  length: number;
  /** How many since the last run, and of each so many numbers. */
  elements: number;
  readonly numbers: number[];
  /** The last run, … */
  run: Run | undefined;
  /** … where the outline of its unit is, and where the outline goes on behind it. */
  start: number;
  end: number;
  next: number;
}

/** Elements of a unit: one, or one and its answer. */
const LARGEST = 2;
/** What an outline has behind the unit of a run. */
const MARK = 11;

/** The numbers of an element: where its outline begins, and its bytes in the line; … */
const [START, FROM, TO] = [0, 1, 2];
/** … how many names and runs came before it; the first of the names that come in it again, and how many do. */
const [NAMES, RUNS, FIRST_AGAIN, AGAIN] = [3, 4, 5, 6];
const NUMBERS = 7;
/** More than names have positions. */
const NO_NAME = 1 << 29;

/** Finds the runs in one outline while its line is read. */
export class Runs {
  readonly found: Run[] = [];
  /** By depth; they are used again and again. */
  readonly #arrays: OpenArray[] = [];
  #depth = -1;
  readonly #outline: Outline;

  constructor(outline: Outline) {
    this.#outline = outline;
  }

  clear(): void {
    if (this.found.length > 0) this.found.length = 0;
    this.#depth = -1;
  }

  beginArray(isOfMessages: boolean): void {
    this.#depth++;
    this.#arrays[this.#depth] ??= newArray();
    const array = this.#arrays[this.#depth]!;
    array.isOfMessages = isOfMessages;
    array.length = 0;
    array.elements = 0;
    array.run = undefined;
  }

  endArray(): void {
    this.#depth--;
  }

  /** `at` is an offset in the line, here and below. */
  beginElement(at: number): void {
    const array = this.#arrays[this.#depth]!;
    const { numbers } = array;
    const element = NUMBERS * array.elements++;
    numbers[element + START] = this.#outline.length;
    numbers[element + FROM] = at;
    numbers[element + NAMES] = this.#outline.names.length;
    numbers[element + RUNS] = this.found.length;
    numbers[element + FIRST_AGAIN] = NO_NAME;
    numbers[element + AGAIN] = 0;
  }

  /** A name came again. */
  noteAgain(name: number): void {
    for (let depth = 0; depth <= this.#depth; depth++) {
      const { numbers, elements } = this.#arrays[depth]!;
      const element = NUMBERS * (elements - 1);
      numbers[element + FIRST_AGAIN] = Math.min(numbers[element + FIRST_AGAIN]!, name);
      numbers[element + AGAIN]!++;
    }
  }

  endElement(at: number): void {
    const array = this.#arrays[this.#depth]!;
    array.numbers[NUMBERS * (array.elements - 1) + TO] = at;
    array.length++;
    if (this.#goesOn(array, at)) return;
    for (let size = 1; size <= LARGEST; size++) if (this.#begins(array, size, at)) return;
  }

  /** Whether the elements behind the last run are its unit once more. */
  #goesOn(array: OpenArray, at: number): boolean {
    const { run, start, end, next } = array;
    if (!run || array.elements !== run.size || this.#outline.length - next !== end - start) return false;
    if (!this.#outline.repeats(start, next, end - start) || !this.#isClosed(array, run.size)) return false;
    run.count++;
    run.end = at;
    this.#outline.length = next;
    array.elements = 0;
    return true;
  }

  /** Whether a run begins: the last `size` elements are like those before them. */
  #begins(array: OpenArray, size: number, at: number): boolean {
    const { numbers, elements, length } = array;
    if (elements < 2 * size) return false;
    const unit = NUMBERS * (elements - 2 * size);
    const again = unit + NUMBERS * size;
    const start = numbers[unit + START]!;
    const end = numbers[again + START]!;
    if (this.#outline.length - end !== end - start || numbers[unit + RUNS] !== this.found.length) return false;
    if (!this.#outline.repeats(start, end, end - start) || !this.#isClosed(array, size)) return false;
    this.#outline.length = end;
    this.#outline.add(MARK);
    this.#outline.add(size);
    const bytes = { from: numbers[unit + FROM]!, to: numbers[again - NUMBERS + TO]!, secondEnd: at, end: at };
    const run = { count: 2, size, first: length - 2 * size, owner: this.#owner(), ...bytes };
    this.found.push(run);
    Object.assign(array, { run, start, end, next: this.#outline.length, elements: 0 });
    return true;
  }

  /** Of the array that is being read. */
  #owner(): number {
    const [messages] = this.#arrays;
    if (!messages?.isOfMessages || this.#depth > 1) return OF_OTHERS;
    return this.#depth === 0 ? OF_MESSAGES : messages.length;
  }

  /** Whether the names in the last `size` elements stand only there, and each of them again. */
  #isClosed({ numbers, elements }: OpenArray, size: number): boolean {
    const first = NUMBERS * (elements - size);
    const before = numbers[first + NAMES]!;
    let again = 0;
    for (let element = first; element < NUMBERS * elements; element += NUMBERS) {
      if (numbers[element + FIRST_AGAIN]! < before) return false;
      again += numbers[element + AGAIN]!;
    }
    return again === this.#outline.names.length - before;
  }
}

function newArray(): OpenArray {
  return { isOfMessages: false, length: 0, elements: 0, numbers: [], run: undefined, start: 0, end: 0, next: 0 };
}
