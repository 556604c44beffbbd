import type { Finding, RelatedPlace } from './finding';

/** A finding with its place in the file found: what a face shows. */
export interface Problem {
  /** 0-based. */
  readonly line: number;
  /** UTF-16 columns [start, end) in that line, 0-based. */
  readonly start: number;
  readonly end: number;
  readonly finding: Finding;
  readonly customId: string | null;
  readonly related: readonly LocatedPlace[];
}

export interface LocatedPlace extends Pick<RelatedPlace, 'line' | 'message'> {
  readonly start: number;
  readonly end: number;
}
