import { CheckThread } from '../files/check-thread';
import { judgementFor } from '../files/judgement';
import { readLines } from '../files/read-lines';
import { parseSettings } from '../files/settings-file';
import { type Call, inProcesses } from './in-processes';
import { timed } from './median';
import type { Row } from './row';

/** Files to check. All but the last are of one size. */
export interface CheckedFiles {
  readonly mixed: string;
  /** With 1 % bad lines. */
  readonly bad: string;
  readonly shared: string;
  readonly varied: string;
  /** As mixed: a half and a quarter as large, and of 1 MB. */
  readonly half: string;
  readonly quarter: string;
  readonly small: string;
}

const PARSING = 'JSON.parse of every line, one thread';

/** Checks with every rule and the estimate, in a new process each time, against parsing each line. */
export async function measureChecks(files: CheckedFiles): Promise<Row[]> {
  const calls = Object.fromEntries(
    Object.entries(files).flatMap(([name, file]): [string, Call][] => [
      [`${name} parsed`, ['parse', file]],
      [name, ['check', file]],
    ]),
  );
  const taken = await inProcesses(3, { ...calls, warm: ['check-again', files.mixed] });
  const of = (name: string) => taken[name as keyof typeof taken];
  const against = (what: string, name: string, parsed: string, most: number): Row => ({
    what,
    yardstick: PARSING,
    value: of(name).ms / of(`${parsed} parsed`).ms,
    unit: '×',
    reach: { most },
    note: `${Math.round(of(name).ms)} ms`,
  });
  return [
    against('complete check from disk, cold', 'mixed', 'mixed', 1.5),
    against('the same with 1 % bad lines', 'bad', 'bad', 1.8),
    against('a second check in the same server', 'warm', 'mixed', 1),
    against('lines with the same system prompt and tools', 'shared', 'shared', 1.5),
    against('lines of three programs, with other numbers and turns', 'varied', 'varied', 1.5),
    {
      what: 'memory of the check',
      yardstick: 'its own for a 1 MB file',
      value: (of('mixed').peak - of('small').peak) / 1e6,
      unit: 'MB',
      reach: { most: 120 },
      note: `peak ${Math.round(of('mixed').peak / 1e6)} MB`,
    },
    growth('from half the size to the whole', of('half').ms, of('mixed').ms),
    growth('from a quarter of the size to a half', of('quarter').ms, of('half').ms),
  ];
}

function growth(what: string, less: number, more: number): Row {
  return {
    what: `time of the check ${what}`,
    yardstick: 'twice the time',
    value: more / (2 * less),
    unit: '×',
    reach: { most: 1.1 },
    note: `${Math.round(less)} and ${Math.round(more)} ms`,
  };
}

/** A check on a thread of its own. */
export async function check(file: string): Promise<number> {
  const thread = new CheckThread();
  return timed(() => checkOn(thread, file));
}

/** A second check on the same thread. */
export async function checkAgain(file: string): Promise<number> {
  const thread = new CheckThread();
  await checkOn(thread, file);
  return timed(() => checkOn(thread, file));
}

function checkOn(thread: CheckThread, file: string): Promise<unknown> {
  const settings = { path: null, ...parseSettings('{}') };
  const { context, judgedBy } = judgementFor(file, settings, { now: Date.now() });
  return thread.check(file, { context, judgedBy, limit: 900 });
}

/** Every line parsed, on one thread. */
export async function parseLines(file: string): Promise<number> {
  return timed(() => readLines(file, ({ bytes }) => parse(bytes)));
}

function parse(bytes: Uint8Array): void {
  try {
    JSON.parse(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('utf8'));
  } catch {
    // A bad line costs its parsing too.
  }
}
