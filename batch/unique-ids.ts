import { type Edit, insert, replace } from './edit';
import { isObject, type Json } from './json';
import { CUSTOM_ID_MAX_LENGTH } from './limits';
import { isLegalId, sanitisedId } from './rules/custom-id';

/** One request that gets another id. */
export interface Renaming {
  /** 0-based, among all lines. */
  readonly line: number;
  /** Null where it had none. */
  readonly from: string | null;
  readonly to: string;
}

/** The id on a line: null where a request has none, undefined where there is no request, or what is another rule's to mend. */
export type LineId = string | null | undefined;

/** The id on a line of this text. Never throws. */
export function idToMend(line: string): LineId {
  try {
    const value = JSON.parse(line) as Json;
    if (!isObject(value)) return undefined;
    if (!Object.hasOwn(value, 'custom_id')) return isObject(value.params) ? null : undefined;
    return typeof value.custom_id === 'string' ? value.custom_id : undefined;
  } catch {
    return undefined;
  }
}

/** The edit of its line that carries a renaming out. */
export function idEdit({ from, to }: Renaming): Edit {
  return from === null ? insert(['custom_id'], to) : replace(['custom_id'], to);
}

/** Which ids are to be mended: those of the wrong form, and all but the first of those that stand more than once. */
export interface WrongIds {
  readonly illegal: boolean;
  readonly repeated: boolean;
}

/**
 * New ids for requests, legal and different from every other in the file; all that are not wrong stay as they are. `ids`
 * has one for each line.
 */
export function uniqueIds(ids: readonly LineId[], wrong: WrongIds): Renaming[] {
  const free = freeIds(ids);
  const seen = new Set<string>();
  const renamings: Renaming[] = [];
  for (const [line, id] of ids.entries()) {
    if (id === undefined) continue;
    const isIllegal = id === null || !isLegalId(id);
    const isRepeated = id !== null && seen.has(id);
    if (id !== null) seen.add(id);
    if (!(wrong.illegal && isIllegal) && !(wrong.repeated && isRepeated)) continue;
    renamings.push({ line, from: id, to: free(id === null || id === '' ? `request-${line + 1}` : sanitisedId(id)) });
  }
  return renamings;
}

/** Makes ids legal and unique one by one, as their requests come; `renamed` notes those that could not stay. */
export class IdGiver {
  readonly renamed: Renaming[] = [];
  readonly #free = freeIds([]);

  /** `line` is 0-based. */
  give(wanted: string, line: number): string {
    const legal = isLegalId(wanted) ? wanted : wanted === '' ? `request-${line + 1}` : sanitisedId(wanted);
    const id = this.#free(legal);
    if (id !== wanted) this.renamed.push({ line, from: wanted, to: id });
    return id;
  }
}

/** Gives out ids that are not in use: `ticket`, else `ticket-2`, `ticket-3`, … in at most as many characters as an id may have. */
function freeIds(used: readonly LineId[]): (wanted: string) => string {
  const taken = new Set<LineId>(used);
  const last = new Map<string, number>();
  return (wanted) => {
    let id = wanted;
    for (let n = last.get(wanted) ?? 1; taken.has(id); ) {
      const ending = `-${++n}`;
      last.set(wanted, n);
      id = wanted.slice(0, CUSTOM_ID_MAX_LENGTH - ending.length) + ending;
    }
    taken.add(id);
    return id;
  };
}

/** The renamings as CSV (RFC 4180), so that results can be told apart by the ids of before; `line` is 1-based. */
export function renamingsCsv(renamings: readonly Renaming[]): string {
  const rows = renamings.map(({ line, from, to }) => `${quoted(from ?? '')},${to},${line + 1}\r\n`);
  return `old_custom_id,new_custom_id,line\r\n${rows.join('')}`;
}

function quoted(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
