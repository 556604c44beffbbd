import { createHash } from 'node:crypto';
import { isObject } from '../batch/json';
import { RUN_STATES, type Run } from './run';

/** Of the records. What a later version wrote is left alone. */
const VERSION = 1;

/** What a file of the journal says. */
export interface Told {
  /** Null where nothing of it can be read, or a later version wrote it. */
  readonly run: Run | null;
  /** Bytes up to the end of the last whole record: the next one goes there. */
  readonly end: number;
  readonly records: number;
  /** The last record was cut off while it was written. */
  readonly torn: boolean;
  /** Records in the middle that are not what was written. */
  readonly damaged: number;
  /** A later version of this program wrote it. */
  readonly foreign: boolean;
}

/** One line: bytes and checksum of what follows, then what is known from here on, as JSON. The first holds all of it. */
export function recordOf(facts: Partial<Run>, at: number = Date.now()): string {
  const json = JSON.stringify({ v: VERSION, at: new Date(at).toISOString(), facts });
  return `${Buffer.byteLength(json)} ${checksum(json)} ${json}\n`;
}

/** Adds up the records of a file. A torn last one is as if it had never been written, and so is a damaged one. */
export function tell(file: Buffer): Told {
  let run: Partial<Run> = {};
  let end = 0;
  let records = 0;
  let damaged = 0;
  let foreign = false;
  for (let from = 0; from < file.length; ) {
    const to = file.indexOf(LINE_FEED, from);
    if (to === -1) break;
    const record = parsed(file.toString('utf8', from, to));
    if (!record) damaged++;
    else if (record.v > VERSION) foreign = true;
    else run = { ...run, ...record.facts };
    records++;
    from = end = to + 1;
  }
  const isStrange = isRun(run) && !RUN_STATES.includes(run.state);
  const known = !foreign && !isStrange && isRun(run) ? run : null;
  return { run: known, end, records, torn: end < file.length, damaged, foreign: foreign || isStrange };
}

const LINE_FEED = 0x0a;
const RECORD = /^(\d+) ([0-9a-f]{16}) /;

function parsed(line: string): { v: number; facts: Partial<Run> } | null {
  const [head = '', length, sum] = RECORD.exec(line) ?? [];
  const json = line.slice(head.length);
  if (head === '' || Buffer.byteLength(json) !== Number(length) || checksum(json) !== sum) return null;
  const value: unknown = JSON.parse(json);
  return isObject(value) && typeof value.v === 'number' && isObject(value.facts)
    ? { v: value.v, facts: value.facts as Partial<Run> }
    : null;
}

function checksum(json: string): string {
  return createHash('sha256').update(json).digest('hex').slice(0, 16);
}

function isRun(run: Partial<Run>): run is Run {
  const { id, source, startedAt, state } = run;
  return [id, source, startedAt, state].every((field) => typeof field === 'string');
}
