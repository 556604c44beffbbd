import type { LineAnalysis, LineFacts } from './analysis';
import type { Context } from './context';
import { addEstimate, type EstimateTotals, NO_ESTIMATE } from './cost/totals';
import { FileFacts } from './file-facts';
import { rangeOf } from './json-tree';
import { MAX_REQUESTS } from './limits';
import { type Line, type LineChange, LineStore } from './lines';
import { analyseLine } from './lint';
import { countModels, type ModelCount } from './model-count';
import { ProblemCollector, type ProblemSelection } from './problems';

/** A batch file that is open: its lines, what is known of each, and folds over that. */
export class BatchFile {
  readonly #store: LineStore;
  #context: Context;
  #analyses = new Map<Line, LineAnalysis>();
  #facts = new FileFacts<Line>();

  /** Lines that are given stay the same objects, and are this file's from now on. */
  constructor(text: string | LineStore, context: Context) {
    this.#store = typeof text === 'string' ? new LineStore(text) : text;
    this.#context = context;
    this.#judge(this.lines);
  }

  get lines(): readonly Line[] {
    return this.#store.lines;
  }

  get text(): string {
    return this.#store.text;
  }

  textIn: LineStore['textIn'] = (range) => this.#store.textIn(range);

  get context(): Context {
    return this.#context;
  }

  /** Lines that are not blank. */
  get requests(): number {
    return this.#facts.requests;
  }

  /** Size of the create body that this file makes. */
  get bytes(): number {
    return this.#facts.bytes;
  }

  /** Carries out changes in turn; only the lines they touch are judged again. */
  update(changes: readonly LineChange[]): void {
    for (const change of changes) {
      const { removed, added } = this.#store.update(change);
      for (const line of removed) this.#forget(line);
      this.#judge(added);
    }
  }

  /** Judges every line anew by another context. */
  judgeBy(context: Context): void {
    this.#context = context;
    this.#analyses = new Map();
    this.#facts = new FileFacts();
    this.#judge(this.lines);
  }

  analysisOf(line: Line): LineAnalysis {
    return this.#analyses.get(line)!;
  }

  customIdOf(line: Line): string | null {
    const analysis = this.analysisOf(line);
    return analysis.kind === 'request' ? (analysis.facts.customId ?? null) : null;
  }

  /** The 0-based line of the first request with this id, or -1. */
  lineOfRequest(customId: string): number {
    const found = new Set(this.#facts.keysOf(customId));
    return found.size === 0 ? -1 : this.lines.findIndex((line) => found.has(line));
  }

  /** What to show, at most `limit` problems. */
  problems(limit: number): ProblemSelection {
    const collector = new ProblemCollector(limit);
    for (const [number, line] of this.lines.entries()) {
      const { findings } = this.analysisOf(line);
      if (findings.length > 0 && !this.#isEnd(number))
        collector.addLine(number, line.text, findings, this.customIdOf(line));
    }
    const numbers = this.#lineNumbers();
    const findings = this.#facts.findings(this.#context, (line) => numbers().get(line) ?? 0, this.#firstOver());
    for (const finding of findings)
      collector.addFileFinding(finding, (line, place) => rangeOf(this.lines[line]?.text ?? '', place));
    return collector.finish();
  }

  estimate(): EstimateTotals {
    return this.#requestFacts().reduce((sum, { estimate }) => addEstimate(sum, estimate), NO_ESTIMATE);
  }

  /** Requests by model as written, most first. */
  models(): ModelCount[] {
    return countModels(this.#requestFacts().map(({ model }) => model));
  }

  #judge(lines: readonly Line[]): void {
    for (const line of lines) {
      const analysis = analyseLine(line.text, this.#context, { bareCr: line.eol === '\r' });
      this.#analyses.set(line, analysis);
      this.#facts.add(line, analysis);
    }
  }

  #forget(line: Line): void {
    this.#facts.remove(line, this.analysisOf(line));
    this.#analyses.delete(line);
  }

  #requestFacts(): LineFacts[] {
    return this.lines.flatMap((line) => {
      const analysis = this.analysisOf(line);
      return analysis.kind === 'request' ? [analysis.facts] : [];
    });
  }

  /** What follows the last line break is no line, however blank. */
  #isEnd(number: number): boolean {
    return number === this.lines.length - 1 && this.lines[number]!.text === '';
  }

  #firstOver(): Line | undefined {
    if (this.requests <= MAX_REQUESTS) return undefined;
    let requests = 0;
    return this.lines.find((line) => this.analysisOf(line).kind !== 'blank' && ++requests > MAX_REQUESTS);
  }

  /** Made only when a file rule has something to say. */
  #lineNumbers(): () => Map<Line, number> {
    let numbers: Map<Line, number> | undefined;
    return () => {
      numbers ??= new Map(this.lines.map((line, number) => [line, number]));
      return numbers;
    };
  }
}
