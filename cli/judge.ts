import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { Worker } from 'node:worker_threads';
import type { LineAnalysis } from '../batch/analysis';
import { overBudget } from '../batch/cost/budget';
import type { ModelComparison } from '../batch/cost/model-comparison';
import { bundledModels } from '../batch/cost/models';
import { overlaid } from '../batch/models-overlay';
import { checkFile } from '../files/check-file';
import { compareFile } from '../files/compare-models';
import type { FileCheck } from '../files/file-check';
import { Helper } from '../files/helper';
import { type Judgement, judgementFor } from '../files/judgement';
import { type LineSelection, takesOf } from '../files/line-selection';
import { namedAsBatch } from '../files/named-as-batch';
import { copyLines } from '../files/rewrite';
import { faultPhrase, readSettings } from '../files/settings-file';
import { learnedIn } from '../runs/learned';
import { isSandboxKey } from '../runs/sandbox-key';
import { storedModels } from '../runs/stored-models';
import type { JudgingFlags } from './flags';
import { stateFolder } from './state-folder';
import type { Terminal } from './terminal';

export interface JudgeOptions {
  readonly flags: JudgingFlags;
  /** The most problems that are shown; Infinity for all. */
  readonly limit: number;
  /** USD, before what the settings file says. */
  readonly maxCost?: number | undefined;
  readonly onLine?: (line: number, analysis: LineAnalysis) => void;
  /** It may be sent after this. */
  readonly hashed?: boolean;
  /** With what the same requests would cost with other models. */
  readonly compared?: boolean;
  /** The lines that are judged, as a file of their own; all where there is none. */
  readonly lines?: LineSelection;
}

/** Of two processors a large file gets both. */
const helper = new Helper(() => new Worker(path.join(__dirname, 'check-worker.js')));

/** One file, judged. */
export interface Judged {
  /** As it was given: `-` is stdin. */
  readonly path: string;
  readonly check: FileCheck;
  readonly judgement: Judgement;
  /** Why it must not be sent although it has no error: it could cost more than was allowed. */
  readonly tooExpensive: string | null;
  /** Null where it was not asked for. */
  readonly comparison: ModelComparison | null;
}

export interface Unreadable {
  readonly path: string;
  /** One sentence. */
  readonly error: string;
}

/** Judges a file of any size by the flags and by the settings file nearest to it. Throws the signal's reason. */
export async function judge(file: string, options: JudgeOptions, terminal: Terminal): Promise<Judged | Unreadable> {
  const judgement = await judgementOf(file, options.flags, terminal);
  const given = path.resolve(terminal.cwd, file);
  const spool = await (file === '-' ? spooled(terminal) : options.lines && copyOf(given, options.lines, terminal));
  const onDisk = spool?.file ?? given;
  try {
    const { context, judgedBy } = judgement;
    const { limit, onLine, hashed } = options;
    const asBatch = spool !== undefined || (await namedAsBatch(onDisk));
    const { signal } = terminal;
    const check = await checkFile(onDisk, { context, judgedBy, limit, asBatch, onLine, hashed, helper, signal });
    const maxCost = options.maxCost ?? judgement.maxCost;
    const tooExpensive = maxCost === null ? null : overBudget(check, maxCost, context.models);
    const comparison = options.compared ? await compareFile(onDisk, { context, helper, signal }) : null;
    return { path: file, check, judgement, tooExpensive, comparison };
  } catch (error) {
    if (terminal.signal.aborted) throw error;
    return { path: file, error: sentenceOf(error as NodeJS.ErrnoException) };
  } finally {
    await spool?.remove();
  }
}

/** What a file will be judged by; what is wrong in the settings file is said. */
export async function judgementOf(file: string, flags: JudgingFlags, terminal: Terminal): Promise<Judgement> {
  const absolute = path.resolve(terminal.cwd, file);
  const settings = await readSettings(absolute);
  for (const fault of settings.faults) sayOnce(faultPhrase(settings.path ?? '', fault), terminal);
  const stateDir = stateFolder(flags.stateDir, terminal);
  const models = overlaid(bundledModels, storedModels(stateDir));
  const learned = await learnedIn(stateDir, { sandbox: leadsToSandbox(flags, terminal) });
  return judgementFor(absolute, settings, { flags, models, learned, now: Date.now() });
}

/** What would be sent now would go to a sandbox: what sandboxes made up may tell of it. */
function leadsToSandbox({ baseUrl }: JudgingFlags, { env }: Terminal): boolean {
  const key = env.ANTHROPIC_API_KEY || env.ANTHROPIC_AUTH_TOKEN || '';
  return isSandboxKey(key, baseUrl ?? env.ANTHROPIC_BASE_URL ?? '');
}

/** Many files share their settings. */
function sayOnce(words: string, terminal: Terminal): void {
  const said = SAID.get(terminal) ?? new Set();
  if (!said.has(words)) terminal.say(words);
  SAID.set(terminal, said.add(words));
}

const SAID = new WeakMap<Terminal, Set<string>>();

/** Stdin on disk: a batch may be larger than memory, and is read twice where a finding concerns the whole of it. */
async function spooled({ stdin, signal }: Terminal): Promise<{ file: string; remove(): Promise<void> }> {
  const folder = await mkdtemp(path.join(tmpdir(), 'message-batches-'));
  const file = path.join(folder, 'stdin.jsonl');
  await pipeline(stdin, createWriteStream(file, { mode: 0o600 }), { signal });
  return { file, remove: () => rm(folder, { recursive: true, force: true }) };
}

/** Some lines of a file, on disk. */
async function copyOf(file: string, lines: LineSelection, { signal }: Terminal): ReturnType<typeof spooled> {
  const folder = await mkdtemp(path.join(tmpdir(), 'message-batches-'));
  const copy = path.join(folder, path.basename(file));
  await copyLines(file, copy, takesOf(lines), { signal });
  return { file: copy, remove: () => rm(folder, { recursive: true, force: true }) };
}

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  EISDIR: 'it is a folder, not a file',
  EACCES: 'permission denied',
};

function sentenceOf({ code, message }: NodeJS.ErrnoException): string {
  return code ? `It cannot be read: ${REASONS[code] ?? message}.` : message;
}
