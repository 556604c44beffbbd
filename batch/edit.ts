import type { Path } from './finding';
import type { Json } from './json';

/** One change to one line, said in paths where there is a tree; `text` and `remove-line` are for where there is none. */
export type Edit =
  | { readonly op: 'replace'; readonly path: Path; readonly value: Json }
  | { readonly op: 'remove'; readonly path: Path }
  | { readonly op: 'rename'; readonly path: Path; readonly key: string }
  | { readonly op: 'insert'; readonly path: Path; readonly value: Json }
  /** What stands at `path` stays as it is, between these texts. */
  | { readonly op: 'wrap'; readonly path: Path; readonly before: string; readonly after: string }
  | { readonly op: 'text'; readonly start: number; readonly end: number; readonly text: string }
  | { readonly op: 'remove-line' };

/** A change of what files are judged by, offered where the file may be right and the setting wrong. */
export interface SettingsChange {
  readonly apiVersion?: string;
  readonly addBeta?: string;
}

/** What a person may do about a finding: change this line, or change the settings. */
export interface Fix {
  /** Imperative, names the values: `Rename to "max_tokens"`. */
  readonly title: string;
  readonly edits: readonly Edit[];
  readonly settings?: SettingsChange;
  /** The mend is certain: the editor's auto-fix key may take it. */
  readonly preferred?: boolean;
  /** It does nothing for a line alone: it is offered for all lines of its kind. */
  readonly together?: boolean;
}

/** A replacement of the UTF-16 offsets [start, end) of one line. */
export interface TextChange {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

export const fix = (title: string, ...edits: Edit[]): Fix => ({ title, edits });
export const preferredFix = (title: string, ...edits: Edit[]): Fix => ({ title, edits, preferred: true });
export const replace = (path: Path, value: Json): Edit => ({ op: 'replace', path, value });
export const remove = (path: Path): Edit => ({ op: 'remove', path });
export const rename = (path: Path, key: string): Edit => ({ op: 'rename', path, key });
export const wrap = (path: Path, before: string, after: string): Edit => ({ op: 'wrap', path, before, after });
export const insert = (path: Path, value: Json): Edit => ({ op: 'insert', path, value });
