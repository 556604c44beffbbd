import type { LineAnalysis, RequestLine } from './analysis';
import type { Context } from './context';
import { DataSeen } from './data-seen';
import { templateOf } from './learn-template';
import { type LineBytes, LineReader, PADDING } from './line-reader';
import { analyseLine, type LineReading } from './lint';
import { analysisBy, type Template } from './template';
import { TemplateTree } from './template-tree';
import { MOST_BYTES_A_UNIT, writeUtf8 } from './utf8';

/** Characters that all templates may take; when there are more, all are forgotten. */
const MOST_LENGTH = 1 << 22;
/** Lines that may be taken for templates in vain: so many, and one of so many more. */
const FREE_TRIES = 32;
const LINES_A_TRY = 64;

/**
 * Judges the lines of a file. It finds what `analyseLine` finds, but most lines of a batch come from one program that puts
 * other texts into the same frame, and such a line needs no second judgement.
 */
export class LineJudge {
  readonly #reader = new LineReader();
  #templates = new TemplateTree(this.#reader);
  #length = 0;
  #written = new Uint8Array(1 << 12);
  #memory = new DataView(this.#written.buffer);
  /** Those by which no line is known yet. */
  readonly #untested = new Set<Template>();
  #tries = 0;
  #unknown = 0;
  readonly #data = new DataSeen();

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
    if (isOrdinary && analysis.kind === 'request' && !this.#data.isNew(text)) this.#learn(text);
    return analysis;
  }

  #makeRoom(bytes: number): void {
    if (this.#written.length >= bytes) return;
    this.#written = new Uint8Array(bytes);
    this.#memory = new DataView(this.#written.buffer);
  }

  #knownLike(line: LineBytes): RequestLine | undefined {
    const template = this.#templates.find(line);
    const known = template && analysisBy(template, this.#templates.content, line.to - line.from, this.context);
    if (known && this.#untested.delete(template)) this.#tries--;
    return known;
  }

  #learn(text: string): void {
    if (this.#tries > FREE_TRIES + this.#unknown++ / LINES_A_TRY) return;
    this.#tries++;
    const template = templateOf(text, this.context);
    if (!template) return;
    this.#length += template.pieces.reduce((sum, piece) => sum + piece.length, 0);
    if (this.#length > MOST_LENGTH) this.#forget();
    this.#templates.add(template);
    this.#untested.add(template);
  }

  #forget(): void {
    this.#templates = new TemplateTree(this.#reader);
    this.#untested.clear();
    this.#length = 0;
  }
}
