import type { Run } from '../../runs/run';
import { runLine } from '../run-words';
import type { Terminal } from '../terminal';

/** `text` for people, `json` for programs. */
export type RunFormat = 'text' | 'json';

/** Prints a run: its line, or `{ "run", "sent" }`. */
export function printRun(run: Run, format: RunFormat, { print, sent }: Terminal): void {
  print(format === 'json' ? jsonText({ run, sent: sent.sent }) : `${runLine(run)}\n`);
}

/** Prints runs: a line each, or `{ "runs", "sent" }`. */
export function printRuns(runs: readonly Run[], format: RunFormat, { print, sent }: Terminal): void {
  print(format === 'json' ? jsonText({ runs, sent: sent.sent }) : runs.map((run) => `${runLine(run)}\n`).join(''));
}

/** Prints where the results lie, or `{ "run", "results", "sent" }`. */
export function printResults(run: Run, format: RunFormat, { print, sent }: Terminal): void {
  const results = run.state === 'fetched' ? run.resultsPath : null;
  if (format === 'json') print(jsonText({ run, results, sent: sent.sent }));
  else if (results !== null) print(`${results}\n`);
}

function jsonText(value: object): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
