import { toTextChanges } from '../apply-edits';
import { fnv1a } from '../context';
import { type Edit, insert, remove, replace, type TextChange } from '../edit';
import type { Path } from '../finding';
import { isObject, type Json, type JsonObject, valueAt } from '../json';
import { nodeAt, parseTree } from '../json-tree';
import { MAX_DEPTH } from '../limits';
import { minifyChanges } from '../minify-line';
import { isLegalId } from '../rules/custom-id';
import { scanText } from '../text-scan';
import type { Renaming } from '../unique-ids';
import { type Condition, isMeant, isSame } from './condition';

/** What is done to many requests, each on its own line; to all, or to those that a condition means. Plain data, that crosses processes. */
export type BulkEdit = BulkOperation & { readonly where?: Condition | undefined };

type BulkOperation =
  | { readonly op: 'set'; readonly path: Path; readonly value: Json }
  | { readonly op: 'remove'; readonly path: Path }
  /** `prefix` with a running number. */
  | { readonly op: 'renumber'; readonly prefix: string }
  | { readonly op: 'prefix'; readonly prefix: string }
  /** All but the first with the same id, or with the same params. */
  | { readonly op: 'drop-duplicates'; readonly by: 'custom_id' | 'params' }
  /** Blanks between tokens. */
  | { readonly op: 'minify' };

/** What becomes of a line: text changes in order, none where it stays, or the whole line goes. */
export type LineOutcome = readonly TextChange[] | 'remove';

/** What was done. */
export interface BulkOutcome {
  /** Lines that are not as they were, those that went included. */
  readonly changed: number;
  readonly removed: number;
  /** Requests that would have had an id that the API refuses, and stay. */
  readonly refused: number;
  readonly renamed: readonly Renaming[];
}

/** Carries a bulk edit out line by line, in order. A line that is no request, or is not meant, gets no change. Never throws. */
export class BulkEditor {
  changed = 0;
  removed = 0;
  refused = 0;
  readonly renamed: Renaming[] = [];
  #requests = 0;
  readonly #seen = new Set<string>();

  constructor(private readonly edit: BulkEdit) {}

  get outcome(): BulkOutcome {
    const { changed, removed, refused, renamed } = this;
    return { changed, removed, refused, renamed };
  }

  /** `line` is 0-based. Whether it is meant is decided by `original`, the line as it was before other edits. */
  line(text: string, line: number, original: string = text): LineOutcome {
    const { where } = this.edit;
    const request = requestIn(text);
    const asked = text === original ? request : requestIn(original);
    const isNamed = request && (!where || (asked && isMeant(asked, where)));
    const outcome = isNamed ? this.#outcome(text, request, line) : NONE;
    if (outcome === 'remove') this.removed++;
    if (outcome.length > 0) this.changed++;
    return outcome;
  }

  #outcome(text: string, request: JsonObject, line: number): LineOutcome {
    const { edit } = this;
    this.#requests++;
    switch (edit.op) {
      case 'set':
        return setChanges(text, request, edit.path, edit.value);
      case 'remove':
        return toTextChanges(text, Array(timesIn(text, edit.path)).fill(remove(edit.path)));
      case 'renumber':
        return this.#rename(text, request, line, `${edit.prefix}${this.#requests}`);
      case 'prefix':
        return typeof request.custom_id === 'string'
          ? this.#rename(text, request, line, edit.prefix + request.custom_id)
          : NONE;
      case 'drop-duplicates':
        return this.#isRepeated(request, edit.by) ? 'remove' : NONE;
      case 'minify':
        return minifyChanges(text);
    }
  }

  #rename(text: string, request: JsonObject, line: number, to: string): LineOutcome {
    const from = typeof request.custom_id === 'string' ? request.custom_id : null;
    if (from === to) return NONE;
    if (!isLegalId(to)) {
      this.refused++;
      return NONE;
    }
    this.renamed.push({ line, from, to });
    return setChanges(text, request, ['custom_id'], to);
  }

  #isRepeated({ custom_id: id, params }: JsonObject, by: 'custom_id' | 'params'): boolean {
    if (by === 'custom_id' && typeof id !== 'string') return false;
    const said = by === 'custom_id' ? String(id) : JSON.stringify(params);
    const key = said.length > 100 ? `${fnv1a(said)} ${said.length}` : said;
    const isKnown = this.#seen.has(key);
    this.#seen.add(key);
    return isKnown;
  }
}

const NONE: readonly TextChange[] = [];

/** How often a field stands in its object: where only one of them went, another would come to hold. */
function timesIn(text: string, path: Path): number {
  if (!scanText(text, MAX_DEPTH).repeatsKey) return 1;
  const members = nodeAt(parseTree(text), path.slice(0, -1))?.children ?? [];
  return members.filter(({ type, children }) => type === 'property' && children?.[0]?.value === path.at(-1)).length;
}

/** Puts a value in place, with the objects around it that are missing. */
function setChanges(text: string, request: JsonObject, path: Path, value: Json): readonly TextChange[] {
  const before = valueAt(request, path);
  if (before !== undefined) return isSame(before, value) ? NONE : toTextChanges(text, [replace(path, value)]);
  let at = path.length - 1;
  while (at > 0 && valueAt(request, path.slice(0, at)) === undefined) at--;
  const inner = path.slice(at + 1);
  // Only objects are made: nobody means to begin a list by its third element.
  if (!isObject(valueAt(request, path.slice(0, at)) ?? request) || inner.some((step) => typeof step === 'number'))
    return NONE;
  const wrapped = inner.reduceRight<Json>((made, step) => ({ [step]: made }), value);
  const edits: Edit[] = [insert(path.slice(0, at + 1), wrapped)];
  return toTextChanges(text, edits);
}

/** None where it is nested so deeply that the API refuses it. */
function requestIn(text: string): JsonObject | undefined {
  if (scanText(text, MAX_DEPTH).depth > MAX_DEPTH) return undefined;
  try {
    const value = JSON.parse(text) as Json;
    return isObject(value) && isObject(value.params) ? value : undefined;
  } catch {
    return undefined;
  }
}
