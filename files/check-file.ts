import { type CacheLens, lensOver, NO_LENS, newStarts } from '../batch/cost/cache-lens';
import { lowerPrice } from '../batch/cost/lower-price';
import { tokensByModel } from '../batch/cost/model-tokens';
import type { SharedStarts } from '../batch/cost/shared-starts';
import { bodyBytes, duplicatesOf, fileFindings, viewOf } from '../batch/file-findings';
import type { Finding } from '../batch/finding';
import { addFinding, type FoundKinds } from '../batch/found-kinds';
import { repeatedAmong } from '../batch/likeness';
import { MAX_REQUESTS } from '../batch/limits';
import { foreignFindings, notTextFindings } from '../batch/lint';
import { modelCounts, totalOf } from '../batch/model-count';
import { selectProblems } from '../batch/problems';
import { ruleById } from '../batch/rules';
import { addTally, newTally, type Tally } from '../batch/tally';
import { bodyHashOf } from './body-hash';
import type { FileCheck, JudgedBy } from './file-check';
import { type FileHead, readHead } from './head';
import { type JudgeFileOptions, judgeFile } from './judge-file';
import { LinesOnDisk } from './lines-on-disk';
import type { JudgedRange } from './range-judge';
import { FileChangedError, type FileIdentity, identityOf, isSame } from './read-lines';
import { SeenIds } from './seen-ids';

export interface CheckOptions extends JudgeFileOptions {
  readonly judgedBy: JudgedBy;
  /** Judge it as a batch file even where nothing says that it is one: a person named it. */
  readonly asBatch?: boolean;
  /** It may be sent after this: what is sent will be held against the hash. */
  readonly hashed?: boolean;
}

/**
 * Checks a batch file on disk, of any size, in flat memory. A file that is none of our business has no finding.
 * Throws what the file system throws, FileChangedError when it was written to meanwhile, and the signal's reason.
 */
export async function checkFile(path: string, options: CheckOptions): Promise<FileCheck> {
  const head = await readHead(path);
  const kind = head.kind === 'none' && options.asBatch ? 'batch' : head.kind;
  const check = new StreamCheck(path, options);
  for (const finding of wholeFileFindings(head, options)) check.add(finding);
  const isRead = kind === 'batch' && !head.notText;
  return check.result(kind, isRead ? await check.read() : { identity: await identityOf(path), sha256: null });
}

function wholeFileFindings(
  { kind, foreignShape, notText }: FileHead,
  { context, asBatch }: CheckOptions,
): readonly Finding[] {
  if (foreignShape) return foreignFindings(foreignShape, context);
  return notText && (asBatch || kind === 'batch') ? notTextFindings(notText, context) : [];
}

/** What the file was, and the hash of its body where it was asked for. */
interface FileRead {
  readonly identity: FileIdentity;
  readonly sha256: string | null;
}

/** The state of one check while the lines go by. */
class StreamCheck {
  readonly #total: Tally;
  /** By line. */
  readonly #ids: (string | undefined)[] = [];
  readonly #likenesses: number[] = [];
  readonly #nanoUsd: number[] = [];
  readonly #seen = new SeenIds(this.#ids);
  readonly #repeated = new Set<string>();
  /** 0-based lines with an error. */
  readonly #refused = new Set<number>();
  readonly #lines = new LinesOnDisk();
  /** What they share is counted while the other thread is still judging. */
  readonly #starts: SharedStarts;
  #firstLineOver: number | null = null;
  #cache: CacheLens = NO_LENS;

  constructor(
    readonly path: string,
    readonly options: CheckOptions,
  ) {
    this.#total = newTally(options.limit);
    this.#starts = newStarts(options.context.models);
  }

  /** Takes a finding about the file itself, or one that only the whole of it shows. */
  add(finding: Finding, line = 0, customId: string | null = null): void {
    addFinding(this.#total.kinds, finding, line, customId);
    if (finding.severity === 'error' && !isAboutSize(finding)) this.#refused.add(line);
  }

  async read(): Promise<FileRead> {
    const { hashed, signal } = this.options;
    const [identity, hash] = await Promise.all([
      judgeFile(this.path, this.options, (judged) => this.#take(judged)),
      hashed ? bodyHashOf(this.path, { signal }) : undefined,
    ]);
    if (hash && !isSame(hash.identity, identity)) throw new FileChangedError(this.path);
    this.#addFileFindings(identity);
    return { identity, sha256: hash?.sha256 ?? null };
  }

  #take({ tally, ids, prefixes, likenesses, nanoUsd, refused, blank, starts, lengths }: JudgedRange): void {
    const first = this.#total.lines;
    for (const line of refused) this.#refused.add(first + line);
    this.#lines.add(starts, lengths);
    const over = MAX_REQUESTS - this.#total.requests;
    if (this.#firstLineOver === null && tally.requests > over) this.#firstLineOver = first + requestAt(over, blank);
    addTally(this.#total, tally);
    this.#starts.splice(first, 0, prefixes);
    for (const each of likenesses) this.#likenesses.push(each);
    for (const each of nanoUsd) this.#nanoUsd.push(each);
    for (const id of ids) {
      const position = this.#ids.push(id) - 1;
      if (this.#seen.isAgain(position)) this.#repeated.add(id!);
    }
  }

  #addFileFindings(identity: FileIdentity): void {
    const { requests, bytes, models } = this.#total;
    const { context } = this.options;
    const duplicates = duplicatesOf(this.#ids, this.#repeated);
    this.#cache = lensOver(this.#starts, context.models);
    const repeated = this.#lines.reading(this.path, identity, (textOf) =>
      repeatedAmong(this.#likenesses, this.#nanoUsd, textOf),
    );
    const view = viewOf({
      ...{ requests, bytes, duplicates, repeated, firstLineOver: this.#firstLineOver, cache: this.#cache },
      lowerPrice: lowerPrice(tokensByModel(models), context.models),
    });
    for (const finding of fileFindings(view, context)) this.add(finding, finding.line, finding.customId);
  }

  /** The lines that are shown are read once more, to find the places in them. */
  result(kind: FileCheck['kind'], { identity, sha256 }: FileRead): FileCheck {
    const { requests, models, kinds } = this.#total;
    return {
      kind,
      requests,
      bytes: bodyBytes(this.#total),
      sha256,
      ...identity,
      ...this.#lines.locating(this.path, identity, (locate) => selectProblems(kinds, locate)),
      refusedLines: [...this.#refused].sort((a, b) => a - b),
      refusedAtCreate: isRefusedAtCreate(kinds),
      sizeErrors: sizeErrorsOf(kinds),
      estimate: totalOf(models),
      models: modelCounts(models),
      caching: this.#cache.savings,
      judgedBy: this.options.judgedBy,
    };
  }
}

/** The position of the request of this 0-based number, among lines of which some are blank. */
function requestAt(number: number, blank: readonly number[]): number {
  let line = number;
  for (const each of blank) if (each <= line) line++;
  return line;
}

/** Whether an error is among what was found that would refuse the whole batch at create, however it is split. */
function isRefusedAtCreate({ byKey }: FoundKinds): boolean {
  return [...byKey.values()].some(
    (kind) => kind.severity === 'error' && !isAboutSize(kind) && ruleById.get(kind.rule)?.refusedAt === 'create',
  );
}

function sizeErrorsOf({ byKey }: FoundKinds): number {
  const kinds = [...byKey.values()].filter((kind) => kind.severity === 'error' && isAboutSize(kind));
  return kinds.reduce((sum, { count }) => sum + count, 0);
}

const isAboutSize = ({ rule }: { readonly rule: string }): boolean => ruleById.get(rule)?.aboutSize ?? false;
