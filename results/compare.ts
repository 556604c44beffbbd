import { isObject, type Json, type JsonObject } from '../batch/json';
import { answerTextOf } from './answer-text';
import { structureIn } from './json-text';
import type { ResultsTable, TableRow } from './results-table';

export interface CompareOptions {
  /** What an id is matched by. */
  readonly idOf?: (customId: string) => string;
  /** What the answers should be, by id (as it is matched). */
  readonly expected?: ReadonlyMap<string, string> | undefined;
  readonly signal?: AbortSignal;
  /** From 0 to 1. */
  readonly onProgress?: (done: number) => void;
}

/** Two runs of the same ids, held against each other. The first run is the one from before. */
export interface Comparison {
  /** Ids answered in both runs. */
  readonly both: number;
  /** Ids that only one of them answered. */
  readonly onlyBefore: number;
  readonly onlyAfter: number;
  readonly same: number;
  readonly changed: readonly Change[];
  /** What the answers mostly are, which says how changes are best shown. */
  readonly kind: AnswerKind;
  /** Changes between short answers, the most frequent first. */
  readonly transitions: readonly Transition[];
  /** Of JSON answers: in how many both runs agree on a field. */
  readonly fields: readonly { readonly name: string; readonly same: number; readonly of: number }[];
  /** How many answers are as expected, of those with an expected value; null where none is given. */
  readonly accuracy: { readonly before: number; readonly after: number; readonly of: number } | null;
}

export type AnswerKind = 'short' | 'json' | 'prose';

export interface Change {
  readonly id: string;
  /** Numbers of the rows in their tables. */
  readonly before: number;
  readonly after: number;
}

export interface Transition {
  readonly from: string;
  readonly to: string;
  readonly count: number;
}

/** Longer answers are no labels. */
const SHORT = 60;
/** So many of the answers, in parts of one, make the kind of all: a few that are no JSON leave the fields of the others. */
const MOSTLY_SHORT = 0.9;
const MOSTLY_JSON = 0.5;
/** After so many rows others have their turn. */
const PAUSE_EVERY = 200;

/** Compares the answers of two runs. Throws the signal's reason and `ResultsChangedError`. */
export async function compareAnswers(
  before: ResultsTable,
  after: ResultsTable,
  { idOf = (customId) => customId, expected, signal, onProgress }: CompareOptions = {},
): Promise<Comparison> {
  const later = answeredById(after, idOf);
  const earlier = answeredById(before, idOf);
  const counts = new Counts(expected);
  const changed: Change[] = [];
  let done = 0;
  for (const [id, index] of earlier) {
    if (done++ % PAUSE_EVERY === 0) {
      await new Promise(setImmediate);
      signal?.throwIfAborted();
      onProgress?.(done / earlier.size);
    }
    const other = later.get(id);
    if (other === undefined) continue;
    const isSame = counts.add(id, answerIn(before, index), answerIn(after, other));
    if (!isSame) changed.push({ id, before: index, after: other });
  }
  return {
    both: counts.both,
    onlyBefore: earlier.size - counts.both,
    onlyAfter: later.size - counts.both,
    same: counts.both - changed.length,
    changed,
    ...counts.result(),
  };
}

/** What is counted while pairs of answers go by. */
class Counts {
  both = 0;
  #short = 0;
  #json = 0;
  #rightBefore = 0;
  #rightAfter = 0;
  #judged = 0;
  readonly #transitions = new Map<string, Transition>();
  readonly #fields = new Map<string, { same: number; of: number }>();

  constructor(private readonly expected: ReadonlyMap<string, string> | undefined) {}

  /** Whether both answers say the same. */
  add(id: string, from: string, to: string): boolean {
    this.both++;
    const wanted = this.expected?.get(id);
    const [a, b] = [objectIn(from), objectIn(to)];
    if (wanted !== undefined) {
      this.#judged++;
      if (isSameAnswer(from, wanted)) this.#rightBefore++;
      if (isSameAnswer(to, wanted)) this.#rightAfter++;
    }
    if (a && b) this.#addFields(a, b);
    else if (isShort(from) && isShort(to)) this.#short++;
    const same = isSameAnswer(from, to);
    if (!same && isShort(from) && isShort(to)) this.#addTransition(from.trim(), to.trim());
    return same;
  }

  result(): Pick<Comparison, 'kind' | 'transitions' | 'fields' | 'accuracy'> {
    const share = (part: number): number => part / Math.max(1, this.both);
    const kind = share(this.#json) >= MOSTLY_JSON ? 'json' : share(this.#short) >= MOSTLY_SHORT ? 'short' : 'prose';
    return {
      kind,
      transitions: [...this.#transitions.values()].sort((a, b) => b.count - a.count),
      fields: [...this.#fields].map(([name, { same, of }]) => ({ name, same, of })),
      accuracy: this.expected ? { before: this.#rightBefore, after: this.#rightAfter, of: this.#judged } : null,
    };
  }

  #addTransition(from: string, to: string): void {
    const key = JSON.stringify([from, to]);
    this.#transitions.set(key, { from, to, count: (this.#transitions.get(key)?.count ?? 0) + 1 });
  }

  #addFields(a: JsonObject, b: JsonObject): void {
    this.#json++;
    for (const name of new Set([...Object.keys(a), ...Object.keys(b)])) {
      const field = this.#fields.get(name) ?? { same: 0, of: 0 };
      field.of++;
      if (canonical(a[name]) === canonical(b[name])) field.same++;
      this.#fields.set(name, field);
    }
  }
}

/** JSON is compared by what it says, text without the blanks around it. */
export function isSameAnswer(a: string, b: string): boolean {
  if (a.trim() === b.trim()) return true;
  const [left, right] = [objectIn(a), objectIn(b)];
  return left !== undefined && right !== undefined && canonical(left) === canonical(right);
}

function answeredById(table: ResultsTable, idOf: (customId: string) => string): Map<string, number> {
  const ids = new Map<string, number>();
  for (const [index, row] of table.rows.entries()) {
    if (row.customId === null || !isAnswered(row)) continue;
    const id = idOf(row.customId);
    if (!ids.has(id)) ids.set(id, index);
  }
  return ids;
}

const isAnswered = ({ outcome }: TableRow): boolean => outcome === 'answered' || outcome === 'suspicious';

/** The answer of a row by its number. */
export function answerIn(table: ResultsTable, index: number): string {
  const row = table.rows[index];
  return row ? answerTextOf(table.valueOf(row)) : '';
}

function isShort(text: string): boolean {
  const trimmed = text.trim();
  return trimmed.length <= SHORT && !trimmed.includes('\n');
}

/** The object that an answer is, also where it stands in a Markdown fence. */
function objectIn(text: string): JsonObject | undefined {
  const inner = /^\s*```(?:json)?\s*\n([\s\S]*?)\n```\s*$/.exec(text)?.[1] ?? text;
  const value = structureIn(inner);
  return isObject(value) ? value : undefined;
}

/** The same text for values that are equal, whatever the order of their keys. */
function canonical(value: Json | undefined): string {
  return (
    JSON.stringify(value, (_, inner: unknown) =>
      isObject(inner) ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1))) : inner,
    ) ?? ''
  );
}
