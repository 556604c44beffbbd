import type { Finding } from '../../batch/finding';
import { rangeOf } from '../../batch/json-tree';

/** Whether a line of a fixture is there for its reader only. */
export function isProse(line: string): boolean {
  return line === '' || line.startsWith('//');
}

/** The findings under their line. */
export function drawFindings(line: string, findings: readonly Finding[]): string[] {
  const placed = findings.map((finding) => ({ finding, range: rangeOf(line, finding.place) }));
  placed.sort((a, b) => a.range.start - b.range.start || (a.finding.rule < b.finding.rule ? -1 : 1));
  return placed.flatMap(({ finding, range: { start, end } }) => {
    const column = Math.max(2, start);
    const carets = '^'.repeat(Math.max(1, end - column));
    const indent = `//${' '.repeat(column - 2)}`;
    const fixes = finding.fixes.map(({ title }) => `${indent}fix: ${title}`);
    return [`${indent}${carets} ${finding.severity} ${finding.rule}: ${finding.message}`, ...fixes];
  });
}
