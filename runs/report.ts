import { csvRecord } from '../batch/csv';
import { counted, percent } from '../batch/wording';
import type { ModelAnswers, Run } from './run';
import { STATE_WORDS } from './run-words';

/** Days of UTC, both included: `2026-11-20`. */
export interface Period {
  readonly since?: string | undefined;
  readonly until?: string | undefined;
}

/** A run in the accounts; null is not known. Keys are the columns of the CSV file. */
export interface ReportedRun {
  /** ISO time of submission. */
  readonly date: string;
  readonly run: string;
  readonly batch: string | null;
  readonly source: string;
  readonly state: string;
  /** It cost nothing: all USD of it are what it would have cost. */
  readonly sandbox: boolean;
  /** As written in the file, with their requests: `claude-haiku-4-5 (40,000)`. */
  readonly models: string;
  readonly requests: number;
  readonly succeeded: number | null;
  readonly errored: number | null;
  readonly canceled: number | null;
  readonly expired: number | null;
  readonly missing: number | null;
  readonly input_tokens: number | null;
  readonly output_tokens: number | null;
  readonly cache_read_tokens: number | null;
  readonly cache_write_tokens: number | null;
  /** Input that was estimated, over all requests. */
  readonly estimated_input_tokens: number | null;
  /** (estimated - billed) / billed of the input, in percent. */
  readonly input_error_percent: number | null;
  readonly estimate_usd: number | null;
  readonly cost_usd: number | null;
  /** ISO day of the prices. */
  readonly prices_of: string | null;
  /** The name of the key, never the key. */
  readonly key: string;
}

export interface Report {
  /** Oldest first. */
  readonly runs: readonly ReportedRun[];
  /** USD over the runs whose real cost is known; the sandbox is not counted. */
  readonly cost_usd: number;
  readonly estimate_usd: number;
  /** One sentence: what the sum covers, and that an invoice may differ. */
  readonly coverage: string;
}

const COLUMNS: readonly (keyof ReportedRun)[] = [
  'date',
  'run',
  'batch',
  'source',
  'state',
  'sandbox',
  'models',
  'requests',
  'succeeded',
  'errored',
  'canceled',
  'expired',
  'missing',
  'input_tokens',
  'output_tokens',
  'cache_read_tokens',
  'cache_write_tokens',
  'estimated_input_tokens',
  'input_error_percent',
  'estimate_usd',
  'cost_usd',
  'prices_of',
  'key',
];

/** The accounts of a period: every run that made a batch, or may have. */
export function reportOf(runs: readonly Run[], period: Period = {}): Report {
  const wanted = runs
    .filter(({ state, startedAt }) => state !== 'not-sent' && isWithin(startedAt.slice(0, 10), period))
    .sort((a, b) => (a.startedAt < b.startedAt ? -1 : 1));
  const reported = wanted.map(reportedRun);
  const real = reported.filter(({ sandbox }) => !sandbox);
  return {
    runs: reported,
    cost_usd: sumOf(real, 'cost_usd'),
    estimate_usd: sumOf(real, 'estimate_usd'),
    coverage: coverageOf(reported),
  };
}

/** RFC 4180. The last record says in its first cell what the sums in it cover. */
export function reportCsv({ runs, cost_usd, estimate_usd, coverage }: Report): string {
  const last = { date: coverage, cost_usd, estimate_usd };
  return [COLUMNS, ...runs.map(cellsOf), cellsOf(last)].map(csvRecord).join('');
}

/** (estimated - billed) / billed of a run's input; null where it is not known. Estimates of requests that were not answered do not count. */
export function inputError({ quote, outcome, requests }: Run): number | null {
  const billed = outcome?.answers && billedInput(outcome.answers);
  if (!quote || !billed || requests === 0) return null;
  const estimated = (quote.inputTokens.expected * outcome.succeeded) / requests;
  return estimated / billed - 1;
}

/** `estimated 2.1 % too low` */
export function inputErrorPhrase(run: Run): string | null {
  const error = inputError(run);
  if (error === null) return null;
  return Math.abs(error) < 0.0005
    ? 'input as estimated'
    : `input estimated ${percent(Math.abs(error))} too ${error < 0 ? 'low' : 'high'}`;
}

function reportedRun(run: Run): ReportedRun {
  const { quote, outcome } = run;
  const answers = outcome?.answers;
  const error = inputError(run);
  return {
    date: run.startedAt,
    run: run.id,
    batch: run.batch?.id ?? null,
    source: run.source,
    state: STATE_WORDS[run.state],
    sandbox: run.sandbox,
    models: modelsPhrase(run),
    requests: run.requests,
    succeeded: outcome?.succeeded ?? null,
    errored: outcome?.errored ?? null,
    canceled: outcome?.canceled ?? null,
    expired: outcome?.expired ?? null,
    missing: outcome?.missing.length ?? null,
    input_tokens: used(answers, 'inputTokens'),
    output_tokens: used(answers, 'outputTokens'),
    cache_read_tokens: used(answers, 'cacheReadTokens'),
    cache_write_tokens: used(answers, 'cacheWriteTokens'),
    estimated_input_tokens: quote ? Math.round(quote.inputTokens.expected) : null,
    input_error_percent: error === null ? null : Number((100 * error).toFixed(2)),
    estimate_usd: run.estimateUsd,
    cost_usd: outcome?.usd ?? null,
    prices_of: quote?.prices.date ?? null,
    key: run.key.name,
  };
}

function modelsPhrase({ quote, outcome }: Run): string {
  const counts = quote?.models ?? outcome?.answers?.map(({ model, rows }) => ({ model, requests: rows })) ?? [];
  return counts.map(({ model, requests }) => (counts.length > 1 ? `${model} (${requests})` : model)).join(', ');
}

/** What was read, from wherever. */
function billedInput(answers: readonly ModelAnswers[]): number {
  return answers.reduce((sum, it) => sum + it.inputTokens + it.cacheReadTokens + it.cacheWriteTokens, 0);
}

function used(
  answers: readonly ModelAnswers[] | undefined,
  field: 'inputTokens' | 'outputTokens' | 'cacheReadTokens' | 'cacheWriteTokens',
): number | null {
  return answers ? answers.reduce((sum, it) => sum + it[field], 0) : null;
}

function coverageOf(runs: readonly ReportedRun[]): string {
  const known = runs.filter(({ cost_usd }) => cost_usd !== null).length;
  const played = runs.filter(({ sandbox }) => sandbox).length;
  const sandbox = played > 0 ? `, ${counted(played, 'run')} in the sandbox not in the sums` : '';
  return `Real cost known for ${known} of ${counted(runs.length, 'run')}${sandbox}; list prices; the invoice may differ`;
}

function isWithin(day: string, { since, until }: Period): boolean {
  return (since === undefined || day >= since) && (until === undefined || day <= until);
}

function sumOf(runs: readonly ReportedRun[], field: 'cost_usd' | 'estimate_usd'): number {
  return runs.reduce((sum, run) => sum + (run[field] ?? 0), 0);
}

function cellsOf(run: Partial<ReportedRun>): string[] {
  return COLUMNS.map((column) => cell(run[column]));
}

/** Plain digits: a spreadsheet reads no `1e-7`. */
function cell(value: string | number | boolean | null | undefined): string {
  if (typeof value !== 'number') return String(value ?? '');
  return Number.isInteger(value) ? String(value) : value.toFixed(8).replace(/0+$/, '');
}
