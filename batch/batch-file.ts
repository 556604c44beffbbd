import { idIn, type LineAnalysis } from './analysis';
import type { Context } from './context';
import type { CacheSavings } from './cost/cache-savings';
import { lowerPrice } from './cost/lower-price';
import { TokensByModel } from './cost/model-tokens';
import type { EstimateTotals } from './cost/totals';
import { CustomIds } from './custom-ids';
import { differenceIn } from './difference';
import type { Edit } from './edit';
import { bodyBytes, FoundInFile, mendsOf, viewOf } from './file-findings';
import type { Place } from './finding';
import { addFinding, addKinds, type FoundKinds, newKinds } from './found-kinds';
import { parseTree, rangeOf, type TextRange } from './json-tree';
import { MAX_REQUESTS } from './limits';
import { LineJudge } from './line-judge';
import { type Line, type LineChange, LineStore, withReplaced } from './lines';
import { addModels, addToModel, type ModelCount, type ModelTallies, modelCounts, totalOf } from './model-count';
import { OpenLens } from './open-lens';
import { type Choice, chooseFound, locateChoice, type ProblemSelection, SHOWN_PROBLEMS } from './problems';
import { remembered } from './remembered';
import { RepeatedRequests } from './repeated-requests';
import type { Duplicates, FileView } from './rules/rule';
import { TalliedRuns } from './tallied-runs';

/** A batch file that is open: its lines, what is known of each, and folds over that. */
export class BatchFile {
  readonly #store: LineStore;
  readonly #limit: number;
  #judge: LineJudge;
  /** Of each line, by its number. */
  #analyses: LineAnalysis[] = [];
  readonly #ids = new CustomIds<Line>();
  #found: TalliedRuns<FoundKinds>;
  #costs: TalliedRuns<ModelTallies>;
  #requests = 0;
  /** UTF-8 bytes of those, without terminators. */
  #bytes = 0;
  #lens: OpenLens;
  readonly #same = new RepeatedRequests();
  readonly #tokens = new TokensByModel();
  /** Made when they are wanted, and anew when one of them has come or gone or a line has moved. */
  #duplicates: Duplicates | undefined;
  #foundInFile: FoundInFile;
  /** What is shown while that is so and the same is found in the lines. */
  #choice: { readonly inFile: FoundKinds; readonly choice: Choice } | undefined;
  #problems: ProblemSelection | undefined;
  /** Where those places of a line are that were ever shown. */
  readonly #ranges = new WeakMap<Line, WeakMap<Place, TextRange>>();

  /** Lines that are given stay the same objects, and are this file's from now on. `limit` is the most problems to show. */
  constructor(text: string | LineStore, context: Context, limit = SHOWN_PROBLEMS) {
    this.#store = typeof text === 'string' ? new LineStore(text) : text;
    this.#limit = limit;
    this.#judge = new LineJudge(context);
    this.#analyses = this.#add(this.lines);
    this.#lens = new OpenLens(this.#analyses, context.models);
    this.#foundInFile = new FoundInFile(context, limit);
    [this.#found, this.#costs] = this.#newRuns();
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
    return this.#requests;
  }

  /** Size of the create body that this file makes. */
  get bytes(): number {
    return bodyBytes({ requests: this.#requests, bytes: this.#bytes });
  }

  /** Carries out changes in turn; only the lines they touch are judged again. */
  update(changes: readonly LineChange[]): void {
    for (const change of changes) {
      const { start, removed, added } = this.#store.update(change);
      const repeated = this.#ids.changes;
      const before = this.#remove(removed, start);
      const after = this.#add(added);
      this.#analyses = withReplaced(this.#analyses, start, start + removed.length, after);
      for (const runs of [this.#found, this.#costs]) runs.splice(start, removed.length, added.length);
      const areRepeated = this.#ids.changes !== repeated && !isEach(before, after, haveSameId);
      if (areRepeated || before.length !== after.length) this.#duplicates = undefined;
      if (before.length !== after.length) this.#same.move();
      this.#lens.splice(start, removed.length, after);
      if (!isEach(before, after, haveSameFindings)) this.#choice = undefined;
    }
    this.#problems = undefined;
  }

  /** Judges every line anew by another context. */
  judgeBy(context: Context): void {
    this.#remove(this.lines, 0);
    this.#judge = new LineJudge(context);
    this.#analyses = this.#add(this.lines);
    this.#lens = new OpenLens(this.#analyses, context.models);
    [this.#found, this.#costs] = this.#newRuns();
    this.#duplicates = undefined;
    this.#foundInFile = new FoundInFile(context, this.#limit);
    this.#choice = undefined;
    this.#problems = undefined;
  }

  /** What is known of the line with this 0-based number, which there is. */
  analysisAt(line: number): LineAnalysis {
    return this.#analyses[line]!;
  }

  /** The 0-based line of the first request with this id, or -1. */
  lineOfRequest(customId: string): number {
    return this.linesOfRequest(customId)[0] ?? -1;
  }

  /** The 0-based lines of all requests with this id, in order. */
  linesOfRequest(customId: string): number[] {
    const meant = new Set(this.#ids.keysOf(customId));
    const numbers: number[] = [];
    if (meant.size > 0)
      this.lines.forEach((line, number) => {
        if (meant.has(line)) numbers.push(number);
      });
    return numbers;
  }

  /** What to show. The same object as long as nothing changes. */
  problems(): ProblemSelection {
    this.#problems ??= locateChoice(this.#chosen(), (line, place) => this.#rangeOf(line, place));
    return this.#problems;
  }

  estimate(): EstimateTotals {
    return totalOf(this.#costs.total);
  }

  /** What caching does for it. */
  caching(): CacheSavings {
    return this.#lens.lens.savings;
  }

  /** What the fix of a rule over the whole file does to each line, by number. */
  mendsOf(rule: string): ReadonlyMap<number, readonly Edit[]> {
    return mendsOf(rule, this.#analyses, this.#view());
  }

  /** Requests by model as written, most first. */
  models(): ModelCount[] {
    return modelCounts(this.#costs.total);
  }

  #add(lines: readonly Line[]): LineAnalysis[] {
    return lines.map((line) => {
      const analysis = isEnd(line) ? END : this.#judge.judgeText(line.text, { bareCr: line.eol === '\r' });
      this.#count(analysis, 1);
      const id = idIn(analysis);
      if (id !== undefined) this.#ids.add(id, line);
      this.#same.add(line, analysis);
      return analysis;
    });
  }

  /** The first of them has this number. */
  #remove(lines: readonly Line[], first: number): LineAnalysis[] {
    return lines.map((line, i) => {
      const analysis = this.analysisAt(first + i);
      this.#count(analysis, -1);
      const id = idIn(analysis);
      if (id !== undefined) this.#ids.remove(id, line);
      this.#same.remove(line, analysis);
      return analysis;
    });
  }

  #count(analysis: LineAnalysis, sign: 1 | -1): void {
    if (analysis.kind === 'blank') return;
    this.#requests += sign;
    this.#bytes += sign * analysis.bytes;
    if (analysis.kind === 'request') this.#tokens.count(analysis.facts.model, analysis.facts.estimate, sign);
  }

  #newRuns(): [TalliedRuns<FoundKinds>, TalliedRuns<ModelTallies>] {
    const { length } = this.lines;
    return [
      new TalliedRuns(length, { of: (from, to) => this.#kindsIn(from, to), add: addKinds }),
      new TalliedRuns(length, { of: (from, to) => this.#costsOf(from, to), add: addModels }),
    ];
  }

  #kindsIn(from: number, to: number): FoundKinds {
    const kinds = newKinds(this.#limit);
    for (let number = from; number < to; number++) {
      const analysis = this.analysisAt(number);
      for (const finding of analysis.findings) addFinding(kinds, finding, number - from, idIn(analysis) ?? null);
    }
    return kinds;
  }

  #costsOf(from: number, to: number): ModelTallies {
    const costs: ModelTallies = new Map();
    for (let number = from; number < to; number++) {
      const analysis = this.analysisAt(number);
      if (analysis.kind === 'request') addToModel(costs, analysis.facts.model, analysis.facts.estimate);
    }
    return costs;
  }

  #chosen(): Choice {
    const inFile = this.#foundInFile.in(this.#view());
    if (this.#choice?.inFile === inFile) return this.#choice.choice;
    const kinds = newKinds(this.#limit);
    addKinds(kinds, this.#found.total, 0);
    addKinds(kinds, inFile, 0);
    const choice = chooseFound(kinds);
    this.#choice = { inFile, choice };
    return choice;
  }

  #view(): FileView {
    this.#duplicates ??= this.#ids.duplicatesAmong(this.lines, this.#limit);
    const firstLineOver = this.#requests > MAX_REQUESTS ? this.#firstLineOver() : null;
    return viewOf({
      requests: this.#requests,
      bytes: this.#bytes,
      duplicates: this.#duplicates,
      firstLineOver,
      cache: this.#lens.lens,
      repeated: this.#same.among(this.lines, this.#limit),
      lowerPrice: lowerPrice(this.#tokens.all, this.context.models),
    });
  }

  #firstLineOver(): number {
    let requests = 0;
    return this.#analyses.findIndex(({ kind }) => kind !== 'blank' && ++requests > MAX_REQUESTS);
  }

  #placeIn(line: Line, place: Place): TextRange {
    if (place.at !== 'difference') return rangeOf(line.text, place, treeOf(line));
    return differenceIn(line.text, this.lines[place.from]?.text ?? '', place.path, treeOf(line));
  }

  #rangeOf(number: number, place: Place): TextRange {
    const line = this.lines[number]!;
    const known = this.#ranges.get(line) ?? new WeakMap();
    this.#ranges.set(line, known);
    const range = known.get(place) ?? this.#placeIn(line, place);
    known.set(place, range);
    return range;
  }
}

const treeOf = remembered((line: Line) => parseTree(line.text));

/** What follows the last line break is no line, however blank. */
function isEnd({ text, eol }: Line): boolean {
  return text === '' && eol === '';
}

const END: LineAnalysis = { kind: 'blank', findings: [] };

function isEach<T>(before: readonly T[], after: readonly T[], is: (before: T, after: T) => boolean): boolean {
  return before.length === after.length && before.every((each, i) => is(each, after[i]!));
}

function haveSameId(a: LineAnalysis, b: LineAnalysis): boolean {
  return idIn(a) === idIn(b);
}

/** Lines of one template share what was found in them. */
function haveSameFindings(a: LineAnalysis, b: LineAnalysis): boolean {
  return haveSameId(a, b) && (a.findings === b.findings || JSON.stringify(a.findings) === JSON.stringify(b.findings));
}
