import { count, counted, usd } from '../../../batch/wording';
import type { Comparison } from '../../../results/compare';
import type { RequestDifference } from '../../../results/compare-requests';
import type { Summary } from '../../../results/summary';
import { codeSpan } from '../../../results/visible';

/** More changes than these are read in the diffs. */
const MOST_ROWS = 100;

/** The names of both runs, the one from before first. */
export type Pair<T> = readonly [before: T, after: T];

/** A page about two runs of the same ids. */
export function comparisonMarkdown(
  names: Pair<string>,
  comparison: Comparison,
  differences: readonly RequestDifference[],
  sums: Pair<Summary>,
): string {
  const { both, same, changed, onlyBefore, onlyAfter, kind, transitions, fields, accuracy } = comparison;
  return [
    '# Two runs compared',
    `${codeSpan(names[0])} → ${codeSpan(names[1])}`,
    `**${counted(changed.length, 'answer')} changed**, ${count(same)} of ${count(both)} are the same.${aloneSentence(onlyBefore, onlyAfter)}`,
    '## What differs in the requests',
    differences.length > 0 ? differences.map(differenceLine).join('\n') : 'Nothing.',
    ...(accuracy ? ['## As expected', accuracyTable(accuracy)] : []),
    ...(transitions.length > 0 && kind !== 'json' ? ['## Changes', transitionTable(transitions)] : []),
    ...(kind === 'json' && fields.length > 0 ? ['## Agreement by field', fieldTable(fields)] : []),
    '## Tokens and cost',
    sumTable(sums),
  ].join('\n\n');
}

function aloneSentence(before: number, after: number): string {
  const said = [
    ...(before > 0 ? [`${count(before)} only in the first run`] : []),
    ...(after > 0 ? [`${count(after)} only in the second`] : []),
  ];
  return said.length > 0 ? ` Answered ${said.join(', ')}.` : '';
}

function differenceLine({ field, count: requests, from, to }: RequestDifference): string {
  const values = from !== null && to !== null ? `: ${codeSpan(from)} → ${codeSpan(to)}` : '';
  return `- ${codeSpan(field)} in ${counted(requests, 'request')}${values}`;
}

function accuracyTable({ before, after, of }: NonNullable<Comparison['accuracy']>): string {
  const row = (name: string, right: number): string => `| ${name} | ${count(right)} | ${percent(right, of)} |`;
  return [`| Of ${count(of)} | Right | |`, '|---|--:|--:|', row('Before', before), row('After', after)].join('\n');
}

function transitionTable(transitions: Comparison['transitions']): string {
  const rows = transitions
    .slice(0, MOST_ROWS)
    .map(({ from, to, count: answers }) => `| ${codeSpan(from)} → ${codeSpan(to)} | ${count(answers)} |`);
  const rest = transitions.slice(MOST_ROWS).reduce((sum, { count: answers }) => sum + answers, 0);
  return ['| Change | Answers |', '|---|--:|', ...rows, ...(rest > 0 ? [`| others | ${count(rest)} |`] : [])].join(
    '\n',
  );
}

function fieldTable(fields: Comparison['fields']): string {
  const rows = fields
    .slice(0, MOST_ROWS)
    .map(({ name, same, of }) => `| ${codeSpan(name)} | ${count(same)} | ${percent(same, of)} |`);
  return ['| Field | The same | |', '|---|--:|--:|', ...rows].join('\n');
}

function sumTable([before, after]: Pair<Summary>): string {
  const row = (name: string, value: (sum: Summary) => string): string =>
    `| ${name} | ${value(before)} | ${value(after)} |`;
  return [
    '| | Before | After |',
    '|---|--:|--:|',
    row('Requests', ({ requests }) => count(requests)),
    row('Input', ({ tokens }) => count(tokens.input + tokens.cacheRead + tokens.cacheWritten)),
    row('Output', ({ tokens }) => count(tokens.output)),
    row('Cost', ({ usd: spent }) => (spent === null ? 'not known' : usd(spent))),
  ].join('\n');
}

/** With a space at which no line is broken. */
export function percent(part: number, whole: number): string {
  return `${((100 * part) / Math.max(1, whole)).toFixed(1)}\u00a0%`;
}
