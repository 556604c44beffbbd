import type { Judged, Unreadable } from '../judge';

/** What `check` found, for a format to write down. */
export interface Report {
  readonly files: readonly (Judged | Unreadable)[];
}

/** Writes a report to stdout's text. */
export type Format = (report: Report) => string;

export function isJudged(file: Judged | Unreadable): file is Judged {
  return 'check' in file;
}
