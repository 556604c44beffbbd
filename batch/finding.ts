import type { Fix } from './edit';

export type Severity = 'error' | 'warning' | 'information' | 'hint';

/** Severities from most to least severe. */
export const SEVERITIES: readonly Severity[] = ['error', 'warning', 'information', 'hint'];

/** Steps from a line's JSON value to a value inside it: property names and 0-based indices. */
export type Path = readonly (string | number)[];

/**
 * Where in a line something stands. Rules speak in paths; only text rules, which run where there may be no tree,
 * give UTF-16 offsets into the line.
 */
export type Place =
  | { readonly at: 'value' | 'key'; readonly path: Path }
  /** In the value at `path`, the first character that is another than at the same place of line `from` (0-based). */
  | { readonly at: 'difference'; readonly path: Path; readonly from: number }
  | { readonly at: 'text'; readonly start: number; readonly end: number };

/** What one rule says about one place in one line. */
export interface Finding {
  /** The rule's id: also the diagnostic's code, the docs anchor and the settings key. */
  readonly rule: string;
  readonly severity: Severity;
  readonly message: string;
  readonly place: Place;
  readonly fixes: readonly Fix[];
}

/** A finding that needed the whole file; `line` is 0-based. */
export interface FileFinding extends Finding {
  readonly line: number;
  /** Of the request on that line, where the finding is about one. */
  readonly customId: string | null;
  /** How often the same was found, of which this stands for all. */
  readonly times: number;
  /** Other places that belong to it, such as the first use of a duplicate id. */
  readonly related: readonly RelatedPlace[];
}

export interface RelatedPlace {
  /** 0-based. */
  readonly line: number;
  readonly place: Place;
  readonly message: string;
}

/** The value at `path`. */
export const atValue = (...path: Path): Place => ({ at: 'value', path });

/** The key of the property at `path`. */
export const atKey = (...path: Path): Place => ({ at: 'key', path });

/** The whole line. */
export const WHOLE_LINE: Place = { at: 'value', path: [] };

/** RFC 6901: `/params/messages/0`. The empty path is the empty string. */
export function jsonPointer(path: Path): string {
  return path.map((step) => `/${String(step).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}
