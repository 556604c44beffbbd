import type { Pattern } from '../search';

/** What is done on a thread of its own, because it reads all rows or runs what someone typed. */
export type Task = SearchTask | MisfitsTask | IdsTask;

/** Finds the rows of results files that hold a pattern. */
export interface SearchTask {
  readonly kind: 'search';
  readonly paths: readonly string[];
  readonly pattern: Pattern;
}

/** Finds the answers that do not fit the JSON Schema which their request, in the file `source`, carries. */
export interface MisfitsTask {
  readonly kind: 'misfits';
  readonly paths: readonly string[];
  readonly source: string;
}

/** Takes what a regular expression finds out of ids. */
export interface IdsTask {
  readonly kind: 'ids';
  readonly customIds: readonly string[];
  readonly pattern: string;
}

/** What each task finds. Numbers of lines are 0-based, and by file. */
export interface Found {
  readonly search: readonly (readonly number[])[];
  /** What is wrong, by line. */
  readonly misfits: readonly ReadonlyMap<number, string>[];
  /** The ids in their order. */
  readonly ids: readonly string[];
}

/** What the thread tells: how far it is, from 0 to 1, and for how many ms it has matched; what it found; or why not. */
export type News =
  | { readonly done: number; readonly matchedFor: number }
  | { readonly found: Found[Task['kind']] }
  | { readonly problem: string };

export type Tell = (done: number, matchedFor: number) => void;
