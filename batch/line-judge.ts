import type { LineAnalysis, RequestLine } from './analysis';
import type { Context } from './context';
import { templateOf } from './learn-template';
import { type LineBytes, LineReader, PADDING } from './line-reader';
import { analyseLine, type LineReading } from './lint';
import { readLike, type Template } from './template';
import { MOST_BYTES_A_UNIT, writeUtf8 } from './utf8';

/** Templates that are kept: files made by a program have a few. */
const MOST_TEMPLATES = 16;
/** Lines that may be tried as templates in vain: one at which another line is then known does not count. */
const MOST_TRIES = 8;

/**
 * Judges the lines of a file. It finds what `analyseLine` finds, but most lines of a batch come from one program that puts
 * other texts into the same frame, and such a line needs no second judgement.
 */
export class LineJudge {
  /** Those that match often stand first. */
  readonly #templates: Template[] = [];
  readonly #reader = new LineReader();
  #written = new Uint8Array(1 << 12);
  #memory = new DataView(this.#written.buffer);
  /** Those by which no line is known yet. */
  readonly #untested = new Set<Template>();
  #tries = MOST_TRIES;

  constructor(readonly context: Context) {}

  /** Judges a line (without its terminator) of an open document. Never throws, whatever the text. */
  judgeText(text: string, reading: LineReading = {}): LineAnalysis {
    this.#makeRoom(text.length * MOST_BYTES_A_UNIT + PADDING);
    const to = writeUtf8(text, this.#written);
    return to < 0
      ? analyseLine(text, this.context, reading)
      : this.judgeBytes({ memory: this.#memory, from: 0, to }, () => text, reading);
  }

  /** Judges a line (without its terminator) as it is in a file; `decode` gives its text. */
  judgeBytes(line: LineBytes, decode: () => string, reading: LineReading = {}): LineAnalysis {
    const isOrdinary = !reading.mark && !reading.bareCr && !reading.invalidUtf8;
    const known = isOrdinary ? this.#knownLike(line) : undefined;
    if (known) return known;
    const text = decode();
    const analysis = analyseLine(text, this.context, { ...reading, bytes: line.to - line.from });
    if (isOrdinary && analysis.kind === 'request') this.#learn(text, analysis);
    return analysis;
  }

  #makeRoom(bytes: number): void {
    if (this.#written.length >= bytes) return;
    this.#written = new Uint8Array(bytes);
    this.#memory = new DataView(this.#written.buffer);
  }

  #knownLike(line: LineBytes): RequestLine | undefined {
    const templates = this.#templates;
    for (let i = 0; i < templates.length; i++) {
      const template = templates[i]!;
      const known = readLike(template, line, this.#reader, this.context.models);
      if (!known) continue;
      if (this.#untested.delete(template)) this.#tries++;
      if (i > 0) {
        templates[i] = templates[i - 1]!;
        templates[i - 1] = template;
      }
      return known;
    }
    return undefined;
  }

  #learn(text: string, analysis: RequestLine): void {
    if (this.#tries === 0) return;
    this.#tries--;
    const template = templateOf(text, analysis, this.context);
    if (!template) return;
    if (this.#templates.length === MOST_TEMPLATES) this.#templates.pop();
    this.#templates.push(template);
    this.#untested.add(template);
  }
}
