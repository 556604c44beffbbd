import { Frames } from './alike/frames';
import { KnownValues } from './alike/known-values';
import { type JudgedText, templateOf } from './alike/learn-template';
import { type LineBytes, PADDING } from './alike/line-reader';
import { RequestReader } from './alike/request-reader';
import { analysisBy, isOf, type Template } from './alike/template';
import type { LineAnalysis, RequestLine } from './analysis';
import type { Context } from './context';
import { analyseLine, analysisOf, judgeLine, type LineReading } from './lint';
import { MOST_BYTES_A_UNIT, writeUtf8 } from './utf8';

/** Outlines that are known at most, in words of four bytes, and templates of one; hashes of those that were seen once. */
const MOST_WORDS = 1 << 20;
const MOST_TEMPLATES = 8;
const MOST_SEEN = 1 << 16;
/** Lines of one outline from which it may be tried in vain to learn. */
const MOST_IN_VAIN = 2;

/** Lines of one outline: a template for each range of settings and counts in which they are alike. */
interface Kind {
  readonly outline: Int32Array;
  readonly templates: Template[];
  /** Lines that no template could be learned from. */
  vain: number;
}

/**
 * Judges the lines of a file. It finds what `analyseLine` finds, but most lines of a batch come from one program that puts
 * other texts into the same frame, and such a line needs no second judgement.
 */
export class LineJudge {
  readonly #reader: RequestReader;
  /** Reads the lines by which templates are tried. */
  readonly #prober: RequestReader;
  readonly #frames = new Frames<Kind>();
  readonly #kinds = new Map<number, Kind[]>();
  #words = 0;
  readonly #seen = new Set<number>();
  #written = new Uint8Array(1 << 12);
  #memory = new DataView(this.#written.buffer);

  constructor(readonly context: Context) {
    const known = new KnownValues();
    this.#reader = new RequestReader(context.models, known);
    this.#prober = new RequestReader(context.models, known);
  }

  /** Judges a line (without its terminator) of an open document. Never throws, whatever the text. */
  judgeText(text: string, reading: LineReading = {}): LineAnalysis {
    this.#makeRoom(text.length * MOST_BYTES_A_UNIT + PADDING);
    const to = writeUtf8(text, this.#written);
    if (to < 0) return analyseLine(text, this.context, reading);
    this.#written.fill(0, to, to + PADDING);
    return this.judgeBytes({ memory: this.#memory, from: 0, to }, () => text, reading);
  }

  /** Judges a line (without its terminator) as it is in a file; `decode` gives its text. */
  judgeBytes(line: LineBytes, decode: () => string, reading: LineReading = {}): LineAnalysis {
    const isOrdinary = !reading.mark && !reading.bareCr && !reading.invalidUtf8;
    const framed = isOrdinary ? this.#framed(line) : undefined;
    if (framed) return framed;
    const isRead = isOrdinary && this.#reader.read(line);
    const hash = isRead ? this.#reader.outline.hash() : 0;
    const kind = isRead ? this.#kindOf(hash) : undefined;
    const bytes = line.to - line.from;
    const known = kind && this.#knownBy(kind, line);
    if (known) {
      if (this.#prober.read(line)) this.#frames.add(line, this.#prober.outline, this.#prober.family, kind);
      return known;
    }
    const text = decode();
    const judged = judgeLine(text, this.context, reading);
    if (isRead && judged.request) {
      if (kind) this.#learn(kind, { text, line, judged });
      else this.#note(hash, { text, line, judged });
    }
    return analysisOf(text, judged, this.context, { ...reading, bytes });
  }

  /** What is known of a line by others that it has judged; undefined where that is nothing. */
  knownOf(line: LineBytes): RequestLine | undefined {
    const framed = this.#framed(line);
    if (framed) return framed;
    const kind = this.#reader.read(line) ? this.#kindOf(this.#reader.outline.hash()) : undefined;
    return kind && this.#knownBy(kind, line);
  }

  #framed(line: LineBytes): RequestLine | undefined {
    const kind = this.#frames.read(line, this.#reader.outline);
    return kind && this.#knownBy(kind, line);
  }

  #makeRoom(bytes: number): void {
    if (this.#written.length >= bytes) return;
    this.#written = new Uint8Array(bytes);
    this.#memory = new DataView(this.#written.buffer);
  }

  #kindOf(hash: number): Kind | undefined {
    const { outline } = this.#reader;
    return this.#kinds.get(hash)?.find((kind) => outline.equals(kind.outline));
  }

  #knownBy({ templates }: Kind, line: LineBytes): RequestLine | undefined {
    const { outline } = this.#reader;
    const template = templates.find((each) => isOf(each, outline));
    return template && analysisBy(template, outline, line, this.context);
  }

  /** A line of a kind that is not known: when it comes for the second time, it is learned. */
  #note(hash: number, line: JudgedText): void {
    if (!this.#seen.delete(hash)) {
      if (this.#seen.size === MOST_SEEN) this.#seen.clear();
      this.#seen.add(hash);
      return;
    }
    const kind: Kind = { outline: this.#reader.outline.copied(), templates: [], vain: 0 };
    this.#words += kind.outline.length;
    if (this.#words > MOST_WORDS) this.#forget();
    this.#kinds.set(hash, [...(this.#kinds.get(hash) ?? []), kind]);
    this.#learn(kind, line);
  }

  #learn(kind: Kind, line: JudgedText): void {
    if (kind.templates.length === MOST_TEMPLATES || kind.vain === MOST_IN_VAIN) return;
    const template = templateOf(line, this.#prober, this.context);
    if (template) kind.templates.push(template);
    else kind.vain++;
  }

  #forget(): void {
    this.#kinds.clear();
    this.#words = 0;
  }
}
