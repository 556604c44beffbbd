import type { Family } from '../cost/text-weights';
import { TextScale, textWeights } from '../cost/text-weights';
import { asciiText } from '../utf8';
import { FIGURE, LEGAL_ID, LONGEST_LABEL, SETTING, SIGNATURE, WHOLE } from './hole-patterns';
import { copyOf, type LineBytes, LineReader } from './line-reader';
import { type Done, HOLE, type Outline, type Span } from './outline';
import { readPicture } from './pictures';
import type { Run } from './runs';

/** A frame is what stands around the holes of a line. Those that begin alike have their first steps in common. */
interface Step<Kind> {
  /** The bytes up to a hole, … */
  readonly fixed: DataView;
  /** … what is done at them, each at its distance from the first, … */
  readonly done: readonly Done[];
  /** … and the hole; END where none follows. */
  readonly hole: number;
  readonly sum: number;
  readonly name: number;
  readonly said: string;
  /** What may stand behind the hole: what often does first. */
  readonly next: Step<Kind>[];
  readonly end: FrameEnd<Kind> | undefined;
  times: number;
  /** What the hole held in the line before, with its quote, and what that weighs. */
  last: DataView | undefined;
  weight: number;
  foreign: number;
  /** So often may it still be in vain to remember that. */
  patience: number;
}

interface FrameEnd<Kind> {
  readonly kind: Kind;
  readonly runs: readonly Run[];
}

const END = 0;
/** What is kept at most, of all frames together: steps, and bytes that stand around holes. */
const MOST_STEPS = 1 << 13;
const MOST_BYTES = 1 << 21;
/** A text that came in the line before may come again: where it does not, so often, it is no longer remembered. */
const PATIENCE = 12;
/** Shorter ones are as soon weighed as compared. */
const WORTH_MEMORY = 48;

/**
 * Reads lines whose outline a line before them had with the very same bytes around its holes, as lines of one program have:
 * nothing but the holes is looked at closely, and no outline is made anew.
 */
export class Frames<Kind> extends LineReader {
  /** By the family that texts are weighed for. */
  readonly #first: Readonly<Record<Family, Step<Kind>[]>> = { new: [], old: [] };
  readonly #scales = { new: new TextScale(textWeights.new), old: new TextScale(textWeights.old) };
  #scale = this.#scales.new;
  /** First that of the line before. */
  readonly #families: Family[] = ['new', 'old'];
  #steps = 0;
  #bytes = 0;

  /** The kind of a line with a known frame; `outline` gets what its holes hold, and is otherwise empty. */
  read(line: LineBytes, outline: Outline): Kind | undefined {
    for (const family of this.#families) {
      const first = this.#first[family];
      if (first.length === 0) continue;
      this.start(line);
      this.#scale = this.#scales[family];
      outline.clear();
      const end = this.#readOn(first, outline, line.to);
      if (!end) continue;
      if (family !== this.#families[0]) this.#families.reverse();
      for (const run of end.runs) outline.runs.found.push(run);
      return end.kind;
    }
    return undefined;
  }

  /** Keeps the frame of a line: a reader of this family has read it and traced its outline. */
  add({ memory, from, to }: LineBytes, { spans, done, runs }: Outline, family: Family, kind: Kind): void {
    if (this.#steps + spans.length > MOST_STEPS || this.#bytes > MOST_BYTES) return;
    let steps = this.#first[family];
    let at = from;
    let act = 0;
    for (const span of [...spans, { hole: END, from: to, to, name: -1, sum: -1, said: '' }]) {
      const begun = act;
      while (act < done.length && done[act]!.at <= span.from) act++;
      const doneHere = done.slice(begun, act).map((each) => ({ ...each, at: each.at - at }));
      const fixed = copyOf(memory, at, span.from);
      const end = span.hole === END ? { kind, runs: [...runs.found] } : undefined;
      const step =
        steps.find((each) => isSame(each, fixed, span)) ?? this.#newStep({ fixed, done: doneHere, end }, span);
      if (!steps.includes(step)) steps.push(step);
      steps = step.next as Step<Kind>[];
      at = span.to;
    }
  }

  #newStep(
    { fixed, done, end }: Pick<Step<Kind>, 'fixed' | 'done' | 'end'>,
    { hole, sum, name, said }: Span,
  ): Step<Kind> {
    this.#steps++;
    this.#bytes += fixed.byteLength;
    const seen = { times: 0, last: undefined, weight: 0, foreign: 0, patience: PATIENCE };
    return { fixed, done, hole, sum, name, said, next: [], end, ...seen };
  }

  /** Goes from step to step as far as the line does. */
  #readOn(first: Step<Kind>[], outline: Outline, to: number): FrameEnd<Kind> | undefined {
    let steps = first;
    for (;;) {
      const step = this.#take(steps, outline, to);
      if (!step) return undefined;
      if (step.end) return step.end;
      steps = step.next;
    }
  }

  /** Reads the step that comes next. */
  #take(steps: Step<Kind>[], outline: Outline, to: number): Step<Kind> | undefined {
    const from = this.at;
    // Where another step may come instead, nothing stays of one that could not be read.
    const isSure = steps.length === 1;
    if (!isSure) outline.keep();
    for (let i = 0; i < steps.length; i++) {
      const step = steps[i]!;
      if (!this.skip(step.fixed)) continue;
      for (const { act, at } of step.done) outline.do(act, from + at);
      if (step.hole === END ? this.at === to : this.#hole(step, outline)) {
        step.times++;
        if (i > 0 && step.times > steps[i - 1]!.times) [steps[i - 1], steps[i]] = [step, steps[i - 1]!];
        return step;
      }
      if (isSure) return undefined;
      this.at = from;
      outline.goBack();
    }
    return undefined;
  }

  /** Reads what is in a hole; false where it holds what it may not. */
  #hole(step: Step<Kind>, outline: Outline): boolean {
    switch (step.hole) {
      case HOLE.text:
        return this.#text(step, outline);
      case HOLE.label: {
        const from = this.at;
        return this.#text(step, outline) && this.at - from <= LONGEST_LABEL;
      }
      case HOLE.maxTokens:
        outline.maxTokens = this.#number(WHOLE);
        return !Number.isNaN(outline.maxTokens);
      case HOLE.temperature:
        outline.temperature = this.#number(SETTING);
        return !Number.isNaN(outline.temperature);
      case HOLE.figure:
        return this.#figure(step, outline);
      case HOLE.picture:
        return readPicture(this) === step.said;
      default:
        return this.#plain(step, outline);
    }
  }

  #text(step: Step<Kind>, outline: Outline): boolean {
    const { last } = step;
    const from = this.at;
    if (last && this.skip(last)) {
      this.at--;
      step.patience = PATIENCE;
    } else if (!this.#weigh(step)) return false;
    if (step.sum >= 0) outline.addText(step.sum, from, this.at, step.weight, step.foreign);
    return true;
  }

  /** Weighs the text that comes next, and remembers it where that may be worth it. */
  #weigh(step: Step<Kind>): boolean {
    const scale = this.#scale;
    const { weight, foreign } = scale;
    const from = this.at;
    step.last = undefined;
    if (!this.readText(scale)) return false;
    step.weight = scale.weight - weight;
    step.foreign = scale.foreign - foreign;
    if (step.patience > 0 && this.at - from >= WORTH_MEMORY) {
      step.patience--;
      step.last = copyOf(this.memory, from, this.at + 1);
    }
    return true;
  }

  /** A number that is written like this; NaN where none is. */
  #number(pattern: RegExp): number {
    const written = this.readNumber();
    return pattern.test(written) ? Number(written) : Number.NaN;
  }

  #figure({ sum }: Step<Kind>, outline: Outline): boolean {
    const written = this.readNumber();
    if (!FIGURE.test(written)) return false;
    const scale = this.#scale;
    const { weight, foreign } = scale;
    scale.add(written);
    outline.addWeight(sum, scale.weight - weight, scale.foreign - foreign);
    return true;
  }

  /** An id, a name or a signature. */
  #plain({ hole, name }: Step<Kind>, outline: Outline): boolean {
    const from = this.at;
    if (!this.skipPlain()) return false;
    const written = asciiText(this.memory, from, this.at);
    if (hole === HOLE.signature) return SIGNATURE.test(written);
    if (!LEGAL_ID.test(written)) return false;
    if (hole === HOLE.id) {
      outline.customId = written;
      return true;
    }
    const known = outline.names.indexOf(written);
    if (hole === HOLE.nameAgain) return known === name;
    return known < 0 && outline.names.push(written) > 0;
  }
}

/** Whether a step is the one with these bytes before this hole. */
function isSame({ fixed, ...step }: Step<unknown>, bytes: DataView, { hole, sum, name, said }: Span): boolean {
  if (step.hole !== hole || step.sum !== sum || step.name !== name || step.said !== said) return false;
  if (fixed.byteLength !== bytes.byteLength) return false;
  for (let i = 0; i < bytes.byteLength; i++) if (fixed.getUint8(i) !== bytes.getUint8(i)) return false;
  return true;
}
