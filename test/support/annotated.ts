import type { Context } from '../../batch/context';
import type { SeenOutput } from '../../batch/cost/expected-output';
import { bundledModels } from '../../batch/cost/models';
import type { Finding } from '../../batch/finding';
import { analyseLine } from '../../batch/lint';
import { mendLine } from '../../batch/mend-line';
import { drawFile, findingsOfFile } from './annotated-file';
import { drawFindings, isProse } from './annotation';

/**
 * An annotated fixture is a JSON Lines file with what the checker says drawn under each line:
 *
 *     // Prose, anywhere.
 *     //@ api 2023-06-01 betas files-api-2025-04-14      what the lines below are judged by
 *     {"custom_id":"a b","params":{…}}
 *     //           ^^^^^ error custom-id: message
 *     //           fix: title of the first fix
 *     //> the line after the first fix of each finding, where there is one
 *     //@ seen claude-haiku-5-5:250:90:120               answers seen of a model: how many, what 99 of 100 had, the longest
 *     //@ file                                           the lines from here to the next directive are one file
 *
 * A line on its own is judged alone, those of a file together (`annotated-file.ts` says how such a line is written).
 * Under a finding that begins in the first two columns the carets stand from the third on. The whole text is compared, so
 * a finding that is missing, one too many, and a fix that does something else all show. With UPDATE_FIXTURES=1 the files
 * are written anew, to be read in the diff.
 */
export function annotate(fixture: string): string {
  const drawn = partsOf(fixture.split('\n').filter((line) => !isAnnotation(line))).flatMap((part) => {
    const { context, lines } = part;
    if (part.kind === 'prose') return lines;
    return part.kind === 'file' ? drawFile(lines, context) : lines.flatMap((line) => [line, ...said(line, context)]);
  });
  return drawn.join('\n');
}

/** What is found in each line that stands on its own, and in each file, of a fixture. */
export function findingsIn(fixture: string): (readonly Finding[])[] {
  return partsOf(fixture.split('\n')).flatMap(({ kind, lines, context }) => {
    if (kind === 'prose') return [];
    return kind === 'file'
      ? [findingsOfFile(lines, context)]
      : lines.map((line) => analyseLine(line, context).findings);
  });
}

/** What tests judge by unless they say otherwise: the newest version, no betas, the day of the model table. */
export const TEST_CONTEXT: Context = contextFor('');

/** A line under test, the lines of one file, or what is only to be read. */
interface Part {
  readonly kind: 'line' | 'file' | 'prose';
  readonly lines: string[];
  readonly context: Context;
}

function partsOf(lines: readonly string[]): Part[] {
  const parts: Part[] = [];
  let context = TEST_CONTEXT;
  let file: string[] | undefined;
  for (const line of lines) {
    if (line.startsWith('//@')) {
      context = contextFor(line);
      file = line.includes(' file') ? [] : undefined;
      parts.push({ kind: 'prose', lines: [line], context });
      if (file) parts.push({ kind: 'file', lines: file, context });
    } else if (file) file.push(line);
    else parts.push({ kind: isProse(line) ? 'prose' : 'line', lines: [line], context });
  }
  return parts;
}

function isAnnotation(line: string): boolean {
  return line.startsWith('//>') || /^\/\/ *(\^+ (error|warning|information|hint) [a-z0-9-]+: |fix: )/.test(line);
}

function said(line: string, context: Context): string[] {
  const drawn = drawFindings(line, analyseLine(line, context).findings);
  const after = mendLine(line, context, () => true);
  return after === line || after === null ? drawn : [...drawn, `//> ${after}`];
}

function contextFor(directive: string): Context {
  const setting = (name: string) => new RegExp(` ${name} (\\S+)`).exec(directive)?.[1];
  return {
    apiVersion: setting('api') ?? '2026-10-21',
    betas: setting('betas')?.split(',') ?? [],
    models: bundledModels.expecting({ output: { seen: seenIn(setting('seen')), usual: null }, input: {} }),
    now: Date.parse(setting('now') ?? '2026-11-20'),
    severities: {},
  };
}

function seenIn(setting = ''): Record<string, SeenOutput> {
  const [model, ...figures] = setting.split(':');
  const [rows = 0, p99 = 0, most = 0] = figures.map(Number);
  return model ? { [model]: { rows, tokens: rows * p99, p99, most } } : {};
}
