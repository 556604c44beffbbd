import { createHash } from 'node:crypto';
import type { LineAnalysis } from '../batch/analysis';
import type { Context } from '../batch/context';
import { bodyBytes, duplicatesOf, fileFindings, viewOf } from '../batch/file-findings';
import type { Finding } from '../batch/finding';
import { addFinding, type FoundKinds } from '../batch/found-kinds';
import { MAX_REQUESTS } from '../batch/limits';
import { LineJudge } from '../batch/line-judge';
import { foreignFindings, notTextFindings } from '../batch/lint';
import { modelCounts } from '../batch/model-count';
import { selectProblems } from '../batch/problems';
import { ruleById } from '../batch/rules';
import { addTally, newTally, type Tally } from '../batch/tally';
import { BodyParts } from './body-parts';
import type { FileCheck, JudgedBy } from './file-check';
import { type FileHead, readHead } from './head';
import type { Helper, HelperJob } from './helper';
import { InOrder } from './in-order';
import { type JudgedLines, judgeLines, type Lines } from './judge-lines';
import type { RawLine } from './line-splitter';
import { LinesOnDisk } from './lines-on-disk';
import { type FileIdentity, identityOf, type ReadOptions, readChunks } from './read-lines';

export interface CheckOptions extends ReadOptions {
  readonly context: Context;
  readonly judgedBy: JudgedBy;
  /** The most problems that are shown; Infinity for all. */
  readonly limit: number;
  /** Judge it as a batch file even where nothing says that it is one: a person named it. */
  readonly asBatch?: boolean;
  /** Gets each line (0-based) as it is judged, for who wants more than totals. */
  readonly onLine?: (line: number, analysis: LineAnalysis) => void;
  /** Another thread that judges some of the lines; not with `onLine`. */
  readonly helper?: Helper;
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
  return check.result(kind, isRead ? await check.read() : await identityOf(path));
}

function wholeFileFindings(
  { kind, foreignShape, notText }: FileHead,
  { context, asBatch }: CheckOptions,
): readonly Finding[] {
  if (foreignShape) return foreignFindings(foreignShape, context);
  return notText && (asBatch || kind === 'batch') ? notTextFindings(notText, context) : [];
}

/** Bytes of a file from which a second thread brings more than its start costs. */
const WORTH_HELP = 4 << 20;

/** The state of one check while the lines go by. */
class StreamCheck {
  readonly #total: Tally;
  readonly #judge: LineJudge;
  readonly #hash = createHash('sha256');
  /** By line. */
  readonly #ids: (string | undefined)[] = [];
  readonly #distinct = new Set<string>();
  readonly #repeated = new Set<string>();
  /** 0-based lines with an error. */
  readonly #refused = new Set<number>();
  readonly #lines = new LinesOnDisk();
  readonly #parts = new BodyParts((line, isRequest) => this.#note(line, isRequest));
  #firstLineOver: number | null = null;
  #requests = 0;

  constructor(
    readonly path: string,
    readonly options: CheckOptions,
  ) {
    this.#total = newTally(options.limit);
    this.#judge = new LineJudge(options.context);
  }

  /** Takes a finding about the file itself, or one that only the whole of it shows. */
  add(finding: Finding, line = 0, customId: string | null = null): void {
    addFinding(this.#total.kinds, finding, line, customId);
    if (finding.severity === 'error') this.#refused.add(line);
  }

  async read(): Promise<FileIdentity> {
    const { context, limit, helper, onLine } = this.options;
    const isLarge = (await identityOf(this.path)).size > WORTH_HELP;
    const job = isLarge && !onLine ? helper?.begin(context, limit) : undefined;
    try {
      const identity = await this.#readWith(job);
      this.#addFileFindings();
      return identity;
    } finally {
      job?.end();
    }
  }

  async #readWith(job: HelperJob | undefined): Promise<FileIdentity> {
    const judged = new InOrder((lines: JudgedLines) => this.#take(lines));
    const chunks = readChunks(this.path, { ...this.options, blocking: true });
    for (;;) {
      const { done, value } = await chunks.next();
      const lines = done ? this.#parts.end() : this.#parts.push(value);
      this.#hash.update(lines.bytes);
      if (job && this.options.helper?.isFree) judged.announce(this.#handed(lines, job));
      else judged.add(this.#judged(lines));
      if (!done) continue;
      await judged.all();
      return value;
    }
  }

  #judged(lines: Lines): JudgedLines {
    const { limit, onLine } = this.options;
    const judged = judgeLines(
      lines,
      this.#judge,
      limit,
      onLine && ((line, analysis) => onLine(this.#total.lines + line, analysis)),
    );
    this.#parts.recycle(lines);
    return judged;
  }

  async #handed(lines: Lines, job: HelperJob): Promise<JudgedLines> {
    const { judged, bytes } = await job.judge(lines);
    this.#parts.recycle({ bytes });
    return judged;
  }

  #take({ tally, ids, refused }: JudgedLines): void {
    for (const line of refused) this.#refused.add(this.#total.lines + line);
    addTally(this.#total, tally);
    for (const id of ids) {
      this.#ids.push(id);
      const before = this.#distinct.size;
      if (id !== undefined && this.#distinct.add(id).size === before) this.#repeated.add(id);
    }
  }

  #note(line: RawLine, isRequest: boolean): void {
    this.#lines.add(line);
    if (isRequest && ++this.#requests === MAX_REQUESTS + 1) this.#firstLineOver = this.#lines.count - 1;
  }

  #addFileFindings(): void {
    const { requests, bytes } = this.#total;
    const duplicates = duplicatesOf(this.#ids, this.#repeated);
    const view = viewOf({ requests, bytes, duplicates, firstLineOver: this.#firstLineOver });
    for (const finding of fileFindings(view, this.options.context)) this.add(finding, finding.line, finding.customId);
  }

  /** The lines that are shown are read once more, to find the places in them. */
  result(kind: FileCheck['kind'], identity: FileIdentity): FileCheck {
    const { requests, estimate, models, kinds } = this.#total;
    return {
      kind,
      requests,
      bytes: bodyBytes(this.#total),
      sha256: this.#hash.digest('hex'),
      ...identity,
      ...this.#lines.locating(this.path, identity, (locate) => selectProblems(kinds, locate)),
      refusedLines: [...this.#refused].sort((a, b) => a - b),
      refusedAtCreate: isRefusedAtCreate(kinds),
      estimate,
      models: modelCounts(models),
      judgedBy: this.options.judgedBy,
    };
  }
}

/** Whether an error is among what was found that would refuse the whole batch at create. */
function isRefusedAtCreate({ byKey }: FoundKinds): boolean {
  return [...byKey.values()].some(
    ({ rule, severity }) => severity === 'error' && ruleById.get(rule)?.refusedAt === 'create',
  );
}
