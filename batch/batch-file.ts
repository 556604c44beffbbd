import type { LineAnalysis } from './analysis';
import type { Context } from './context';
import type { EstimateTotals } from './cost/totals';
import { CustomIds } from './custom-ids';
import { bodyBytes, fileFindings } from './file-findings';
import type { FileFinding, Place } from './finding';
import { parseTree, rangeOf, type TextRange } from './json-tree';
import { MAX_REQUESTS } from './limits';
import { LineJudge } from './line-judge';
import { type Line, type LineChange, LineStore } from './lines';
import { type ModelCount, modelCounts } from './model-count';
import { addFinding, addKinds, newKinds, type ProblemSelection, SHOWN_PROBLEMS, selectProblems } from './problems';
import { remembered } from './remembered';
import { TalliedRuns } from './tallied-runs';
import { addLine, newTally, type Tally } from './tally';

/** A batch file that is open: its lines, what is known of each, and folds over that. */
export class BatchFile {
  readonly #store: LineStore;
  #judge: LineJudge;
  #analyses = new Map<Line, LineAnalysis>();
  #ids = new CustomIds<Line>();
  /** As many findings are kept of each run as come to be shown. */
  #shown = SHOWN_PROBLEMS;
  #runs: TalliedRuns;
  #numbers: ReadonlyMap<Line, number> = new Map();
  /** Where those places of a line are that were ever shown. */
  readonly #ranges = new WeakMap<Line, WeakMap<Place, TextRange>>();

  /** Lines that are given stay the same objects, and are this file's from now on. */
  constructor(text: string | LineStore, context: Context) {
    this.#store = typeof text === 'string' ? new LineStore(text) : text;
    this.#judge = new LineJudge(context);
    this.#runs = this.#newRuns();
    this.#add(this.lines);
  }

  get lines(): readonly Line[] {
    return this.#store.lines;
  }

  get text(): string {
    return this.#store.text;
  }

  textIn: LineStore['textIn'] = (range) => this.#store.textIn(range);

  get context(): Context {
    return this.#judge.context;
  }

  /** Lines that are not blank. */
  get requests(): number {
    return this.#runs.total.requests;
  }

  /** Size of the create body that this file makes. */
  get bytes(): number {
    return bodyBytes(this.#runs.total);
  }

  /** Carries out changes in turn; only the lines they touch are judged again. */
  update(changes: readonly LineChange[]): void {
    for (const change of changes) {
      const { start, removed, added } = this.#store.update(change);
      for (const line of removed) this.#remove(line);
      this.#add(added);
      this.#runs.splice(start, removed.length, added.length);
    }
  }

  /** Judges every line anew by another context. */
  judgeBy(context: Context): void {
    this.#judge = new LineJudge(context);
    this.#analyses = new Map();
    this.#ids = new CustomIds();
    this.#runs = this.#newRuns();
    this.#add(this.lines);
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
    return this.linesOfRequest(customId)[0] ?? -1;
  }

  /** The 0-based lines of all requests with this id, in order. */
  linesOfRequest(customId: string): number[] {
    return this.#ids
      .keysOf(customId)
      .map((line) => this.#numberOf(line))
      .sort((a, b) => a - b);
  }

  /** What to show, at most `limit` problems. */
  problems(limit: number): ProblemSelection {
    if (limit !== this.#shown) {
      this.#shown = limit;
      this.#runs = this.#newRuns();
    }
    const kinds = newKinds(limit);
    addKinds(kinds, this.#runs.total.kinds, 0);
    for (const finding of this.#fileFindings()) addFinding(kinds, finding, finding.line, finding.customId);
    return selectProblems(kinds, (line, place) => this.#rangeOf(line, place));
  }

  estimate(): EstimateTotals {
    return this.#runs.total.estimate;
  }

  /** Requests by model as written, most first. */
  models(): ModelCount[] {
    return modelCounts(this.#runs.total.models);
  }

  #add(lines: readonly Line[]): void {
    for (const line of lines) {
      const analysis = this.#judge.judgeText(line.text, { bareCr: line.eol === '\r' });
      this.#analyses.set(line, analysis);
      const id = idIn(analysis);
      if (id !== undefined) this.#ids.add(id, line);
    }
  }

  #remove(line: Line): void {
    const id = idIn(this.analysisOf(line));
    if (id !== undefined) this.#ids.remove(id, line);
    this.#analyses.delete(line);
  }

  #newRuns(): TalliedRuns {
    return new TalliedRuns(this.lines.length, (from, to) => this.#sum(from, to));
  }

  #sum(from: number, to: number): Tally {
    const tally = newTally(this.#shown);
    for (let number = from; number < to; number++) {
      const line = this.lines[number]!;
      if (!this.#isEnd(number)) addLine(tally, this.analysisOf(line));
    }
    return tally;
  }

  /** What follows the last line break is no line, however blank. */
  #isEnd(number: number): boolean {
    return number === this.lines.length - 1 && this.lines[number]!.text === '';
  }

  #fileFindings(): FileFinding[] {
    const { requests, bytes } = this.#runs.total;
    return fileFindings(
      {
        requests,
        bytes,
        ids: this.#ids,
        firstLineOver: requests > MAX_REQUESTS ? this.#firstLineOver() : null,
        lineOf: (line) => this.#numberOf(line),
      },
      this.context,
    );
  }

  #firstLineOver(): number {
    let requests = 0;
    return this.lines.findIndex((line) => this.analysisOf(line).kind !== 'blank' && ++requests > MAX_REQUESTS);
  }

  /** Lines do not know their numbers. Those of all are noted when one is wanted, until a line turns out to have moved. */
  #numberOf(line: Line): number {
    const noted = this.#numbers.get(line);
    if (noted !== undefined && this.lines[noted] === line) return noted;
    this.#numbers = new Map(this.lines.map((each, number) => [each, number]));
    return this.#numbers.get(line)!;
  }

  #rangeOf(number: number, place: Place): TextRange {
    const line = this.lines[number]!;
    const known = this.#ranges.get(line) ?? new WeakMap();
    this.#ranges.set(line, known);
    const range = known.get(place) ?? rangeOf(line.text, place, treeOf(line));
    known.set(place, range);
    return range;
  }
}

const treeOf = remembered((line: Line) => parseTree(line.text));

function idIn(analysis: LineAnalysis): string | undefined {
  return analysis.kind === 'request' ? analysis.facts.customId : undefined;
}
