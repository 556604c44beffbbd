import type { Context } from '../../batch/context';
import { bundledModels } from '../../batch/cost/models';
import { rangeOf } from '../../batch/json-tree';
import { analyseLine } from '../../batch/lint';
import { mendLine } from '../../batch/mend-line';

/**
 * An annotated fixture is a JSON Lines file with what the checker says drawn under each line:
 *
 *     // Prose, anywhere.
 *     //@ api 2023-06-01 betas files-api-2025-04-14      what the lines below are judged by
 *     {"custom_id":"a b","params":{…}}
 *     //           ^^^^^ error custom-id: message
 *     //           fix: title of the first fix
 *     //> the line after the first fix of each finding, where there is one
 *
 * Under a finding that begins in the first two columns the carets stand from the third on. The whole text is compared, so
 * a finding that is missing, one too many, and a fix that does something else all show. With UPDATE_FIXTURES=1 the files
 * are written anew, to be read in the diff.
 */
export function annotate(fixture: string): string {
  let context = contextFor('');
  const lines = fixture.split('\n').flatMap((line) => {
    if (isAnnotation(line)) return [];
    if (line.startsWith('//@')) context = contextFor(line);
    return line === '' || line.startsWith('//') ? [line] : [line, ...said(line, context)];
  });
  return lines.join('\n');
}

/** The fixture's lines under test, each with its context. */
export function linesOf(fixture: string): { line: string; context: Context }[] {
  let context = contextFor('');
  return fixture.split('\n').flatMap((line) => {
    if (line.startsWith('//@')) context = contextFor(line);
    return line === '' || line.startsWith('//') ? [] : [{ line, context }];
  });
}

/** What tests judge by unless they say otherwise: the newest version, no betas, the day of the model table. */
export const TEST_CONTEXT: Context = contextFor('');

function isAnnotation(line: string): boolean {
  return line.startsWith('//>') || /^\/\/ *(\^+ (error|warning|information|hint) [a-z-]+: |fix: )/.test(line);
}

function said(line: string, context: Context): string[] {
  const placed = analyseLine(line, context).findings.map((finding) => ({
    finding,
    range: rangeOf(line, finding.place),
  }));
  placed.sort((a, b) => a.range.start - b.range.start || (a.finding.rule < b.finding.rule ? -1 : 1));
  const drawn = placed.flatMap(({ finding, range: { start, end } }) => {
    const column = Math.max(2, start);
    const carets = '^'.repeat(Math.max(1, end - column));
    const indent = `//${' '.repeat(column - 2)}`;
    const fixes = finding.fixes.map(({ title }) => `${indent}fix: ${title}`);
    return [`${indent}${carets} ${finding.severity} ${finding.rule}: ${finding.message}`, ...fixes];
  });
  const after = mendLine(line, context, () => true);
  return after === line || after === null ? drawn : [...drawn, `//> ${after}`];
}

function contextFor(directive: string): Context {
  const setting = (name: string) => new RegExp(` ${name} (\\S+)`).exec(directive)?.[1];
  return {
    apiVersion: setting('api') ?? '2026-10-21',
    betas: setting('betas')?.split(',') ?? [],
    models: bundledModels,
    now: Date.parse(setting('now') ?? '2026-11-20'),
    severities: {},
  };
}
