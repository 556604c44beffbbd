import path from 'node:path';
import { getNodeValue } from 'jsonc-parser';
import type { TextDocumentContentChangeEvent } from 'vscode-languageserver';
import type { LineFacts } from '../../batch/analysis';
import { type ApiFault, apiFinding } from '../../batch/api-fault';
import { BatchFile } from '../../batch/batch-file';
import type { Finding } from '../../batch/finding';
import type { Json } from '../../batch/json';
import { type Node, parseTree } from '../../batch/json-tree';
import { MAX_DEPTH } from '../../batch/limits';
import { type Line, LineStore } from '../../batch/lines';
import { foreignFindings } from '../../batch/lint';
import { type Problem, ProblemCollector, type ProblemSelection, SHOWN_PROBLEMS } from '../../batch/problems';
import { type FileKind, foreignShapeOf, RECOGNISED_LENGTH, recognise } from '../../batch/recognise';
import { remembered } from '../../batch/remembered';
import { resultFindings } from '../../batch/result-lint';
import { BYTE_ORDER_MARK } from '../../batch/rules/byte-order-mark';
import { scanText } from '../../batch/text-scan';
import type { Judgement } from '../../files/judgement';
import { pathOf } from './uris';

/** What the API said of a request, by its id and the bytes of its line. */
export type ApiFaultOf = (customId: string | undefined, bytes: () => Uint8Array) => ApiFault | undefined;

/** An open document: a batch file once it is recognised as one and its settings are known, mere lines until then. */
export class BatchDocument {
  readonly #store: LineStore;
  #file: BatchFile | undefined;
  #kind: FileKind = 'none';
  #treatedAs: FileKind | undefined;
  #judgement: Judgement | undefined;
  /** What the API said of lines that are still as they were sent. */
  #apiFindings: ReadonlyMap<Line, Finding> = new Map();
  /** Of the lines of results. */
  readonly #resultFindings = new WeakMap<Line, readonly Finding[]>();
  readonly #judged = deferred();

  constructor(
    readonly uri: string,
    public version: number,
    text: string,
  ) {
    this.#store = new LineStore(text);
  }

  get kind(): FileKind {
    return this.#kind;
  }

  get lines(): readonly Line[] {
    return this.#store.lines;
  }

  get text(): string {
    return this.#store.text;
  }

  /** Its requests, where they are judged: not in results files, other shapes and what is none of our business. */
  get file(): BatchFile | undefined {
    return this.#file;
  }

  get judgement(): Judgement | undefined {
    return this.#judgement;
  }

  /** Settled when its settings have become known. */
  get whenJudged(): Promise<void> {
    return this.#judged.promise;
  }

  /** What to show of it; of a file of another shape only which it is. */
  problems(): ProblemSelection {
    if (this.#file) return this.#file.problems();
    const collector = new ProblemCollector(SHOWN_PROBLEMS);
    if (this.kind === 'results') this.#collectResults(collector);
    const shape = this.kind === 'other-shape' ? foreignShapeOf(this.#head()) : null;
    if (shape && this.#judgement)
      collector.addLine(0, this.lineText(0), foreignFindings(shape, this.#judgement.context), null);
    return collector.finish();
  }

  #collectResults(collector: ProblemCollector): void {
    for (const [number, line] of this.lines.entries()) {
      const findings = this.#resultFindings.get(line) ?? resultFindings(line.text);
      this.#resultFindings.set(line, findings);
      if (findings.length > 0) collector.addLine(number, line.text, findings, null);
    }
  }

  /** Keeps what the API said of requests until their lines change. */
  keepApiFaults(faultOf: ApiFaultOf): void {
    const found = new Map<Line, Finding>();
    for (const [number, line] of (this.#file ? this.lines : []).entries()) {
      const analysis = this.#file?.analysisAt(number);
      if (analysis?.kind === 'blank') continue;
      const customId = analysis?.kind === 'request' ? analysis.facts.customId : undefined;
      const fault = faultOf(customId, () => Buffer.from(line.text.replace(BYTE_ORDER_MARK, '')));
      if (fault) found.set(line, apiFinding(fault, line.text));
    }
    this.#apiFindings = found;
  }

  /** What the API said of its lines. */
  apiProblems(): readonly Problem[] {
    if (this.#apiFindings.size === 0) return NO_PROBLEMS;
    const collector = new ProblemCollector(SHOWN_PROBLEMS);
    const kept = new Map<Line, Finding>();
    for (const [number, line] of this.lines.entries()) {
      const finding = this.#apiFindings.get(line);
      if (!finding) continue;
      kept.set(line, finding);
      collector.addLine(number, line.text, [finding], this.factsAt(number)?.customId ?? null);
    }
    this.#apiFindings = kept;
    return collector.finish().problems;
  }

  update(changes: readonly TextDocumentContentChangeEvent[], version: number): this {
    if (this.#file) this.#file.update(changes);
    else for (const change of changes) this.#store.update(change);
    this.version = version;
    this.#settle();
    return this;
  }

  /** Judges its lines anew where the judgement differs in more than the clock. */
  judgeBy(judgement: Judgement): void {
    const isOther =
      this.#judgement?.judgedBy.hash !== judgement.judgedBy.hash ||
      this.#judgement.context.models.expectedHash !== judgement.context.models.expectedHash;
    this.#judgement = judgement;
    if (isOther) this.#file?.judgeBy(judgement.context);
    this.#settle();
    this.#judged.resolve();
  }

  /** A person's word on what it is, which holds while it is open. */
  treatAs(kind: 'batch' | 'none'): void {
    this.#treatedAs = kind;
    this.#settle();
  }

  /** Positions are no longer where they were although what is judged is the same. */
  get isReflowed(): boolean {
    return false;
  }

  /** What a client asks, its positions said as those of lines. */
  inLines<T>(asked: T): T {
    return asked;
  }

  /** What is answered, its positions said as those of the document. */
  inDocument<T>(answer: T): T {
    return answer;
  }

  lineText(line: number): string {
    return this.lines[line]?.text ?? '';
  }

  /** The tree of a line, as far as it can be read. */
  treeAt(line: number): Node | undefined {
    const at = this.lines[line];
    return at && treeOf(at);
  }

  /** The value of a line, as far as it can be read. */
  valueAt(line: number): Json | undefined {
    const at = this.lines[line];
    return at && jsonOf(at);
  }

  /** What is known of the request on a line; undefined where it holds none. */
  factsAt(line: number): LineFacts | undefined {
    const analysis = this.#file?.analysisAt(line);
    return analysis?.kind === 'request' ? analysis.facts : undefined;
  }

  /** Of the nearest request above a line. */
  requestBefore(line: number): LineFacts | undefined {
    for (let above = line - 1; above >= 0; above--) {
      const facts = this.factsAt(above);
      if (facts) return facts;
    }
    return undefined;
  }

  /** Decides what it is, and makes it a judged file or mere lines accordingly. */
  #settle(): void {
    this.#kind = this.#treatedAs ?? this.#recognised();
    if (this.#kind !== 'batch') this.#file = undefined;
    else if (this.#judgement) this.#file ??= new BatchFile(this.#store, this.#judgement.context);
  }

  /** A batch or results file stays one, whatever is typed into it; what is none yet may become one while it is written. */
  #recognised(): FileKind {
    if (this.#kind === 'batch' || this.#kind === 'results') return this.#kind;
    const kind = recognise(path.basename(pathOf(this.uri) ?? this.uri), this.#head());
    return kind === 'none' ? this.#kind : kind;
  }

  #head(): string {
    const head = [];
    let length = 0;
    for (const { text, eol } of this.lines) {
      if (length >= RECOGNISED_LENGTH) break;
      head.push(text.slice(0, RECOGNISED_LENGTH), eol);
      length += text.length + 1;
    }
    return head.join('');
  }
}

/** Most is asked of one line many times: hover, completion and highlights follow the cursor. */
const treeOf = remembered(({ text }: Line) => (isTooDeep(text) ? undefined : parseTree(text)));

/** Many times as fast as a tree, where the line is finished. */
const jsonOf = remembered((line: Line): Json | undefined => {
  if (isTooDeep(line.text)) return undefined;
  try {
    return JSON.parse(line.text) as Json;
  } catch {
    const tree = treeOf(line);
    return tree && (getNodeValue(tree) as Json);
  }
});

const isTooDeep = (text: string): boolean => scanText(text, MAX_DEPTH).depth > MAX_DEPTH;

const NO_PROBLEMS: readonly Problem[] = [];

function deferred(): { readonly promise: Promise<void>; readonly resolve: () => void } {
  let resolve = (): void => {};
  const promise = new Promise<void>((done) => {
    resolve = done;
  });
  return { promise, resolve };
}
