import { isUtf8 } from 'node:buffer';
import { createHash } from 'node:crypto';
import type { LineAnalysis } from '../batch/analysis';
import type { Context } from '../batch/context';
import { addEstimate, type EstimateTotals, NO_ESTIMATE } from '../batch/cost/totals';
import { FileFacts } from '../batch/file-facts';
import type { FileFinding, Finding, Place } from '../batch/finding';
import { rangeOf, type TextRange } from '../batch/json-tree';
import { analyseLine, foreignFindings, notTextFindings } from '../batch/lint';
import { countModels } from '../batch/model-count';
import { ProblemCollector } from '../batch/problems';
import { ruleById } from '../batch/rules';
import { CreateBody } from './create-body';
import type { FileCheck, JudgedBy } from './file-check';
import { type FileHead, readHead } from './head';
import type { RawLine } from './line-splitter';
import { FileChangedError, type FileIdentity, type ReadOptions, readChunks, readLines } from './read-lines';

export interface CheckOptions extends ReadOptions {
  readonly context: Context;
  readonly judgedBy: JudgedBy;
  /** The most problems that are shown; Infinity for all. */
  readonly limit: number;
  /** Judge it as a batch file even where nothing says that it is one: a person named it. */
  readonly asBatch?: boolean;
  /** Gets each line (0-based) as it is judged, for who wants more than totals. */
  readonly onLine?: (line: number, analysis: LineAnalysis) => void;
}

/**
 * Checks a batch file on disk, of any size, in flat memory. A file that is none of our business has no finding.
 * Throws what the file system throws, FileChangedError when it was written to meanwhile, and the signal's reason.
 */
export async function checkFile(path: string, options: CheckOptions): Promise<FileCheck> {
  const head = await readHead(path);
  const kind = head.kind === 'none' && options.asBatch ? 'batch' : head.kind;
  const check = new StreamCheck(options);
  const whole = wholeFileFindings(head, options);
  if (whole.length > 0) check.collector.addLine(0, '', whole, null);
  const isRead = kind === 'batch' && !head.notText;
  const identity = isRead ? await check.read(path) : await readLines(path, () => {}, options);
  return check.result(kind, identity);
}

function wholeFileFindings(
  { kind, foreignShape, notText }: FileHead,
  { context, asBatch }: CheckOptions,
): readonly Finding[] {
  if (foreignShape) return foreignFindings(foreignShape, context);
  return notText && (asBatch || kind === 'batch') ? notTextFindings(notText, context) : [];
}

/** The state of one check while the lines go by. */
class StreamCheck {
  readonly collector: ProblemCollector;
  readonly #facts = new FileFacts<number>();
  readonly #hash = createHash('sha256');
  readonly #models: (string | undefined)[] = [];
  readonly #refusedLines: number[] = [];
  #refusedAtCreate = false;
  #estimate: EstimateTotals = NO_ESTIMATE;
  #line = 0;

  constructor(readonly options: CheckOptions) {
    this.collector = new ProblemCollector(options.limit);
  }

  async read(path: string): Promise<FileIdentity> {
    const body = new CreateBody((line) => this.#addLine(line));
    const chunks = readChunks(path, this.options);
    for (;;) {
      const { done, value } = await chunks.next();
      this.#hash.update(done ? body.end() : body.push(value));
      if (!done) continue;
      await this.#addFileFindings(path, value);
      return value;
    }
  }

  #addLine({ bytes, eol, mark }: RawLine): void {
    const line = this.#line++;
    const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('utf8');
    const invalidUtf8 = text.includes('\uFFFD') && !isUtf8(bytes);
    const analysis = analyseLine(text, this.options.context, {
      bytes: bytes.length,
      bareCr: eol === '\r',
      invalidUtf8,
      mark,
    });
    this.#facts.add(line, analysis);
    const facts = analysis.kind === 'request' ? analysis.facts : undefined;
    if (facts) {
      this.#estimate = addEstimate(this.#estimate, facts.estimate);
      this.#models.push(facts.model);
    }
    if (analysis.findings.length > 0) {
      this.collector.addLine(line, text, analysis.findings, facts?.customId ?? null);
      this.#note(line, analysis.findings);
    }
    this.options.onLine?.(line, analysis);
  }

  /** Reads the file once more where a finding about the whole of it has to be placed in lines that are gone by. */
  async #addFileFindings(path: string, identity: FileIdentity): Promise<void> {
    const findings = this.#facts.findings(this.options.context, (line) => line, this.#facts.firstOver);
    if (findings.length === 0) return;
    const ranges = await locate(path, findings, identity, this.options.signal);
    for (const finding of findings) {
      this.collector.addFileFinding(
        finding,
        (line, place) => ranges.get(placeKey(line, place)) ?? { start: 0, end: 1 },
      );
      this.#note(finding.line, [finding]);
    }
  }

  result(kind: FileCheck['kind'], { size, mtimeMs }: FileIdentity): FileCheck {
    return {
      kind,
      requests: this.#facts.requests,
      bytes: this.#facts.bytes,
      sha256: this.#hash.digest('hex'),
      size,
      mtimeMs,
      ...this.collector.finish(),
      refusedLines: [...new Set(this.#refusedLines)].sort((a, b) => a - b),
      refusedAtCreate: this.#refusedAtCreate,
      estimate: this.#estimate,
      models: countModels(this.#models),
      judgedBy: this.options.judgedBy,
    };
  }

  #note(line: number, findings: readonly Finding[]): void {
    const errors = findings.filter(({ severity }) => severity === 'error');
    if (errors.length > 0) this.#refusedLines.push(line);
    this.#refusedAtCreate ||= errors.some(({ rule }) => ruleById.get(rule)?.refusedAt === 'create');
  }
}

/** The ranges of the places that findings about a whole file name. */
async function locate(
  path: string,
  findings: readonly FileFinding[],
  identity: FileIdentity,
  signal: AbortSignal | undefined,
): Promise<Map<string, TextRange>> {
  const wanted = new Map<number, Set<Place>>();
  for (const { line, place, related } of findings)
    for (const it of [{ line, place }, ...related])
      wanted.set(it.line, (wanted.get(it.line) ?? new Set()).add(it.place));
  const ranges = new Map<string, TextRange>();
  let number = 0;
  const again = await readLines(
    path,
    ({ bytes }) => {
      for (const place of wanted.get(number) ?? [])
        ranges.set(placeKey(number, place), rangeOf(Buffer.from(bytes).toString('utf8'), place));
      number++;
    },
    signal ? { signal } : {},
  );
  if (again.mtimeMs !== identity.mtimeMs || again.size !== identity.size) throw new FileChangedError(path);
  return ranges;
}

function placeKey(line: number, place: Place): string {
  return `${line} ${JSON.stringify(place)}`;
}
