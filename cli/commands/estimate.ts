import type { LineAnalysis, LineFacts } from '../../batch/analysis';
import { inputWithCaching, type SharedPrefix } from '../../batch/cost/cache-savings';
import type { ComparedModel, ModelComparison } from '../../batch/cost/model-comparison';
import { type EstimateTotals, total } from '../../batch/cost/totals';
import { costPhrase, count, counted, range, size, usd, withCachingPhrase } from '../../batch/wording';
import type { FileCheck } from '../../files/file-check';
import { calibrate } from '../calibrate';
import { EXIT, type Exit } from '../exit';
import { CALLING, choiceOf, JUDGING, judgingOf, parse, someOf } from '../flags';
import { estimateOf, judgedByOf } from '../formats/json';
import { isJudged } from '../formats/report';
import { type Judged, judge, type Unreadable } from '../judge';
import type { Terminal } from '../terminal';

/** Tokens and USD of one request, in the contract's shape. `line` is 1-based. */
interface RequestRow extends Omit<ReturnType<typeof estimateOf>, 'standardUsd' | 'unpricedRequests'> {
  readonly line: number;
  readonly customId: string | null;
  readonly model: string | null;
}

/** A file with, where they were asked for, its requests one by one. */
type Estimated = (Judged | Unreadable) & { readonly rows: readonly RequestRow[] | null };

/** Says what files cost, without judging them. */
export async function estimate(args: readonly string[], terminal: Terminal): Promise<Exit> {
  const { values, positionals } = parse(args, {
    ...JUDGING,
    ...CALLING,
    'per-request': { type: 'boolean' },
    calibrate: { type: 'boolean' },
    compare: { type: 'boolean' },
  });
  const paths = someOf(positionals, 'batch files, or - for stdin');
  const format = choiceOf('format', values.format, ['text', 'json']);
  const files: Estimated[] = [];
  for (const path of paths) {
    if (values.calibrate) await calibrate(path, values, judgingOf(values), terminal);
    const rows: RequestRow[] = [];
    const onLine = (line: number, analysis: LineAnalysis) => {
      if (values['per-request'] && analysis.kind === 'request') rows.push(rowOf(line, analysis.facts));
    };
    const file = await judge(path, { flags: judgingOf(values), limit: 1, onLine, compared: values.compare }, terminal);
    files.push({ ...file, rows: values['per-request'] ? rows : null });
  }
  terminal.print(format === 'json' ? jsonOf(files) : files.map(textOf).join('\n'));
  return files.every(isJudged) ? EXIT.ok : EXIT.failure;
}

function rowOf(
  line: number,
  { customId, model, estimate: { inputTokens, outputTokens, usd: cost } }: LineFacts,
): RequestRow {
  return {
    line: line + 1,
    customId: customId ?? null,
    model: model ?? null,
    inputTokens,
    outputTokens,
    usd: cost && total(cost),
  };
}

function jsonOf(files: readonly Estimated[]): string {
  const shown = files.map((file) => {
    if (!isJudged(file)) return { path: file.path, error: file.error };
    const { path, check, rows, comparison } = file;
    const { requests, bytes } = check;
    const models = check.models.map(({ model, requests: of }) => ({ model, requests: of }));
    return {
      path,
      requests: rows ?? requests,
      bytes,
      models,
      estimate: estimateOf(check.estimate),
      caching: cachingOf(check),
      ...(comparison && { comparison: comparison.models.map(comparedOf) }),
    };
  });
  return `${JSON.stringify({ files: shown, judgedBy: judgedByOf(files), sent: false }, null, 2)}\n`;
}

/** USD of the batch's input with what requests share cached for an hour, and what they share; lines 1-based. */
function cachingOf({ estimate: { usd: cost }, caching }: FileCheck) {
  const { requests, unmarked, tokens, prefixes } = caching;
  return {
    requests,
    unmarked,
    tokens,
    savedUsd: caching.usd,
    inputUsd: cost && inputWithCaching(cost.input, caching),
    prefixes: prefixes.map(({ line, saves, ...prefix }) => ({ line: line + 1, ...prefix, savedUsd: saves })),
  };
}

function textOf(file: Estimated): string {
  if (!isJudged(file)) return `${file.path}: ${file.error}\n`;
  const { path, check, rows, comparison } = file;
  const lines = [
    `${path}: ${counted(check.requests, 'request')} · ${size(check.bytes)}`,
    ...check.models.map(modelLine),
    ...totalsLines(check.estimate),
    ...cachingLines(check),
    ...(comparison ? comparisonLines(comparison) : []),
    ...(rows ?? []).map(rowLine),
  ];
  return `${lines.join('\n')}\n`;
}

/** What caching would do, and for which requests. */
function cachingLines({ estimate: { usd: cost }, caching }: FileCheck): string[] {
  if (!cost || caching.requests === 0) return [];
  const input = inputWithCaching(cost.input, caching);
  return [`  ${withCachingPhrase(input)}`, ...caching.prefixes.map(prefixLine)];
}

function prefixLine({ line, model, requests, unmarked, tokens }: SharedPrefix): string {
  const marks = unmarked === 0 ? 'all mark it' : `${count(unmarked)} do not mark it`;
  return `    ${counted(requests, 'request')} of ${model} share ≈ ${count(tokens.expected)} tokens, first on line ${line + 1}; ${marks}`;
}

/** What the batch would cost if all its requests named one model. */
function comparedOf({ model, estimate, refused }: ComparedModel) {
  return { model, ...estimateOf(estimate), refused };
}

function comparisonLines({ now, models }: ModelComparison): string[] {
  const rows = [
    cellsOf('as it is', now, 0),
    ...models.map(({ model, estimate, refused }) => cellsOf(model, estimate, refused)),
  ];
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
  const lines = rows.map((row) => row.map((cell, column) => cell.padEnd(widths[column]!)).join('  '));
  return ['  if all requests named one model, in a batch:', ...lines.map((line) => `    ${line.trimEnd()}`)];
}

function cellsOf(name: string, { usd: cost }: EstimateTotals, refused: number): string[] {
  const { input, output } = cost ?? {};
  return [
    name,
    cost ? `≈ ${usd(total(cost).expected)}` : 'no price is known',
    input ? `input ≈ ${usd(input.expected)}` : '',
    output ? `output ≈ ${usd(output.expected)} expected, up to ${usd(output.high)}` : '',
    refused > 0 ? `${counted(refused, 'request')} would be refused` : '',
  ];
}

function modelLine({ model, requests, estimate: { usd: cost } }: FileCheck['models'][number]): string {
  return `  ${model}: ${counted(requests, 'request')} · ${cost ? costPhrase(cost) : 'no price is known'}`;
}

function totalsLines({
  inputTokens,
  outputTokens,
  usd: cost,
  standardUsd,
  unpricedRequests,
}: EstimateTotals): string[] {
  const output = `output ≈ ${count(outputTokens.expected)} expected, up to ${count(outputTokens.high)}`;
  return [
    `  tokens: input ≈ ${range(inputTokens)} · ${output}`,
    ...(cost ? [`  in a batch: ${costPhrase(cost)}`] : []),
    ...(standardUsd ? [`  one by one: ${costPhrase(standardUsd)}`] : []),
    ...(unpricedRequests > 0 ? [`  no price is known for ${counted(unpricedRequests, 'request')}`] : []),
  ];
}

function rowLine({ line, customId, model, inputTokens, outputTokens, usd: cost }: RequestRow): string {
  const price = cost ? ` · ≈ ${usd(cost.expected)}` : '';
  const tokens = `input ≈ ${range(inputTokens)}, output up to ${count(outputTokens.high)}`;
  return `  line ${line}: ${customId ?? 'no id'} · ${model ?? 'no model'} · ${tokens}${price}`;
}
