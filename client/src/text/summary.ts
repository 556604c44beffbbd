import { count, counted, errorPhrase, usd } from '../../../batch/wording';
import type { Facet } from '../../../results/facets';
import { OUTCOME_LABELS } from '../../../results/outcome';
import type { Summary } from '../../../results/summary';
import { codeSpan, visible } from '../../../results/visible';
import { inputError } from '../../../runs/report';
import type { Run } from '../../../runs/run';
import { percent } from './comparison';

/** The longest bar, in characters. */
const BAR = 30;
/** More errors than these are a table that nobody reads. */
const MOST_FAULTS = 20;

/** What is known of a run beside its rows. */
export interface Beside {
  /** What the journal knows. */
  readonly run?: Run | undefined;
  /** What is wrong with answers that do not fit the JSON Schema of their request; null where none was asked to. */
  readonly misfits?: readonly Facet[] | null;
}

/** A page about a run. */
export function summaryMarkdown(name: string, summary: Summary, { run, misfits }: Beside = {}): string {
  const { requests, outcomes, faults, stopReasons, lengths } = summary;
  return [
    `# ${name}`,
    `${counted(requests, 'request')}${run ? ` · ${timePhrase(run)}` : ''}`,
    table(
      'Status',
      outcomes.map(({ value, count: rows }) => [OUTCOME_LABELS[value], count(rows), percent(rows, requests)]),
    ),
    ...(faults.length > 0 ? ['## Errors', table('Error', faultRows(faults, requests))] : []),
    ...(misfits ? ['## Fit of the schema', fitOf(misfits, requests)] : []),
    '## Tokens and cost',
    figures(summary, run),
    ...(stopReasons.length > 0 ? ['## Stop reasons', chart(stopReasons.map(({ value, count: n }) => [value, n]))] : []),
    ...(lengths.length > 0
      ? ['## Length of the answers', chart(lengths.map(({ to, count: n }) => [`< ${count(to)} characters`, n]))]
      : []),
  ].join('\n\n');
}

function fitOf(misfits: readonly Facet[], requests: number): string {
  if (misfits.length === 0) return 'Every answer fits the schema of its request.';
  const sum = misfits.reduce((all, { count: rows }) => all + rows, 0);
  const said = `${counted(sum, 'answer')} ${sum === 1 ? 'does' : 'do'} not fit the schema of the request.`;
  return `${said}\n\n${table('What is wrong', faultRows(misfits, requests))}`;
}

function faultRows(faults: readonly Facet[], requests: number): string[][] {
  const shown = faults.slice(0, MOST_FAULTS);
  const rest = faults.slice(MOST_FAULTS).reduce((sum, { count: rows }) => sum + rows, 0);
  return [
    ...shown.map(({ value, count: rows }) => [codeSpan(value), count(rows), percent(rows, requests)]),
    ...(rest > 0 ? [['others', count(rest), percent(rest, requests)]] : []),
  ];
}

function figures({ tokens, cacheHitRate, usd: spent }: Summary, run?: Run): string {
  const error = run ? inputError(run) : null;
  const rows = [
    ['Input', count(tokens.input)],
    ['From the cache', count(tokens.cacheRead)],
    ['Into the cache', count(tokens.cacheWritten)],
    ['Output', count(tokens.output)],
    ...(cacheHitRate === null ? [] : [['Cache hit rate', `${Math.round(cacheHitRate * 100)} %`]]),
    [run?.sandbox ? 'Would have cost' : 'Cost', spent === null ? 'no price is known' : usd(spent)],
    ...(run && run.estimateUsd !== null ? [['Estimated before', usd(run.estimateUsd)]] : []),
    ...(error === null ? [] : [['The estimate of the input was', errorPhrase(error)]]),
  ];
  return ['| | |', '|---|--:|', ...rows.map(([label, value]) => `| ${label} | ${value} |`)].join('\n');
}

/** `ended after 4 min` */
function timePhrase({ batch, startedAt }: Run): string {
  const end = batch?.ended_at ? Date.parse(batch.ended_at) : Number.NaN;
  const seconds = Math.round((end - Date.parse(batch?.created_at ?? startedAt)) / 1000);
  if (!Number.isFinite(seconds)) return `submitted ${startedAt}`;
  const time = seconds < 120 ? `${Math.max(0, seconds)} s` : `${count(seconds / 60)} min`;
  return `ended after ${time}`;
}

function table(what: string, rows: readonly (readonly string[])[]): string {
  const lines = rows.map((cells) => `| ${cells.join(' | ')} |`);
  return [`| ${what} | Requests | |`, '|---|--:|--:|', ...lines].join('\n');
}

/** Bars of characters, which every theme and screen reader shows. */
function chart(bars: readonly (readonly [label: string, value: number])[]): string {
  const most = Math.max(1, ...bars.map(([, value]) => value));
  const shown = bars.map(([label, value]) => [visible(label).slice(0, 40), value] as const);
  const width = Math.max(...shown.map(([label]) => label.length));
  const lines = shown.map(
    ([label, value]) =>
      `${label.padEnd(width)}  ${'█'.repeat(Math.ceil((value / most) * BAR)).padEnd(BAR)}  ${count(value)}`,
  );
  return ['```text', ...lines.map((line) => line.replaceAll('`', "'")), '```'].join('\n');
}
