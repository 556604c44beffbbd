import type { CostBreakdown, DearRequest, ModelCost, PartedCost } from '../../../batch/cost/breakdown';
import { type CacheSavings, costWithCaching } from '../../../batch/cost/cache-savings';
import type { Calibration } from '../../../batch/cost/calibration';
import type { Cost, PartTokens } from '../../../batch/cost/estimate';
import { total } from '../../../batch/cost/totals';
import { count, counted, errorPhrase, percent, usd, usdRange } from '../../../batch/wording';
import { codeSpan } from '../../../results/visible';

export interface BreakdownOf {
  readonly name: string;
  /** The file's URI, for the commands that links are. */
  readonly uri: string;
  /** What else there is to say of the file, such as what it was judged by: Markdown. */
  readonly note: string;
}

/** What a file costs, as a page in Markdown. */
export function breakdownMarkdown({ name, uri, note }: BreakdownOf, breakdown: CostBreakdown): string {
  const { total: whole, models, dearest, caching } = breakdown;
  const { requests, unpricedRequests } = whole.estimate;
  return [
    `# What ${linkText(name)} costs`,
    `${counted(requests, 'request')}. ${unpricedPhrase(unpricedRequests, requests)}`.trim(),
    ...(whole.estimate.usd
      ? [pricesTable(whole, caching), ...cachingNotes(caching), '## By part', partsTable(whole)]
      : []),
    '## By model',
    modelsTable(models),
    ...calibrationNotes(models),
    ...(dearest.length > 0
      ? [
          `## The ${dearest.length > 1 ? `${dearest.length} dearest requests` : 'dearest request'}`,
          dearestTable(dearest, uri),
        ]
      : []),
    [
      link('Compare Models', 'compareModels', uri),
      link('Export as CSV…', 'exportCostBreakdown', uri),
      link('Calibrate Estimate…', 'calibrateEstimate', uri),
    ].join(' · '),
    note,
  ].join('\n\n');
}

function unpricedPhrase(unpriced: number, requests: number): string {
  if (unpriced === 0) return '';
  return unpriced === requests
    ? 'No price is known for them.'
    : `${counted(unpriced, 'of them')} without a known price not counted.`;
}

/** The same requests in a batch, in a batch with what they share cached where that pays, and one by one. */
function pricesTable({ estimate }: PartedCost, caching: CacheSavings): string {
  const { usd: batch, standardUsd: alone, inputTokens, outputTokens } = estimate;
  if (!batch || !alone) return '';
  const prices: readonly (readonly [string, Cost])[] = [
    ['In a batch', batch],
    ...(caching.requests > 0 ? [['In a batch with caching', costWithCaching(batch, caching)] as const] : []),
    ['Sent one by one', alone],
  ];
  const row = (name: string, tokens: string, amount: (cost: Cost) => string): string[] => [
    name,
    tokens,
    ...prices.map(([, cost]) => amount(cost)),
  ];
  const rows = [
    row('Input', count(inputTokens.expected), ({ input }) => amounts(input)),
    row('Output, expected', count(outputTokens.expected), ({ output }) => usd(output.expected)),
    row('Output, up to', count(outputTokens.high), ({ output }) => usd(output.high)),
    ...(batch.fees
      ? [row('Calls of server tools', '', ({ fees }) => (fees ? `${usd(fees.expected)}, up to ${usd(fees.high)}` : ''))]
      : []),
    row('**Both, expected**', '', (cost) => `**${usd(total(cost).expected)}**`),
    row('Both, up to', '', (cost) => usd(total(cost).high)),
  ];
  return table(['', 'Tokens', ...prices.map(([name]) => name)], rows);
}

/** Where the range of the input with caching comes from. */
function cachingNotes(caching: CacheSavings): string[] {
  const { requests, unmarked } = caching;
  if (requests === 0) return [];
  const marks = unmarked === 0 ? 'all of them mark it' : `${count(unmarked)} of them do not mark it yet`;
  return [
    `${counted(requests, 'request')} begin as others do, which would be cached for an hour: ${marks}. What it costs depends on how many find the cache filled.`,
  ];
}

const PART_NAMES: Readonly<Record<keyof PartTokens, string>> = {
  system: 'System prompts',
  tools: 'Tools',
  messages: 'Messages',
  media: 'Images and documents',
};

/** What the expected price in a batch is made of. */
function partsTable({ tokens, usd: amount, estimate: { usd: cost, outputTokens } }: PartedCost): string {
  if (!cost) return '';
  const whole = total(cost).expected;
  const share = (part: number): string => (whole > 0 ? percent(part / whole) : '');
  const parts = (Object.keys(PART_NAMES) as (keyof PartTokens)[])
    .filter((part) => tokens[part] > 0)
    .map((part) => [PART_NAMES[part], count(tokens[part]), usd(amount[part]), share(amount[part])]);
  const output = [
    'Output, expected',
    count(outputTokens.expected),
    usd(cost.output.expected),
    share(cost.output.expected),
  ];
  const calls = cost.fees
    ? [['Calls of server tools, expected', '', usd(cost.fees.expected), share(cost.fees.expected)]]
    : [];
  return table(['', 'Tokens', 'In a batch', 'Share'], [...parts, output, ...calls]);
}

function modelsTable(models: readonly ModelCost[]): string {
  const rows = models.map(({ model, estimate: { requests, inputTokens, usd: batch, standardUsd: alone } }) => [
    codeSpan(model),
    count(requests),
    count(inputTokens.expected),
    ...(batch && alone
      ? [amounts(batch.input), usd(batch.output.expected), usd(batch.output.high), usd(total(alone).expected)]
      : ['no known price', '–', '–', '–']),
  ]);
  return table(
    ['Model', 'Requests', 'Input tokens', 'Input', 'Output, expected', 'Output, up to', 'Sent one by one'],
    rows,
  );
}

function calibrationNotes(models: readonly ModelCost[]): string[] {
  return models.flatMap(({ model, calibration }) => (calibration ? [calibrationNote(model, calibration)] : []));
}

function calibrationNote(model: string, { at, requests, error }: Calibration): string {
  return `The input of ${codeSpan(model)} is estimated by ${counted(requests, 'request')} that the API counted on ${at.slice(0, 10)}; before, it was ${errorPhrase(error)}.`;
}

function dearestTable(dearest: readonly DearRequest[], uri: string): string {
  const rows = dearest.map(({ line, customId, model, inputTokens, usd: { input, output } }) => [
    link(linkText(customId ?? `line ${line + 1}`), 'goToRequest', uri, line),
    count(line + 1),
    model === null ? '–' : codeSpan(model),
    count(inputTokens),
    usd(input.expected),
    usd(output.expected),
    usd(output.high),
  ]);
  return table(['Request', 'Line', 'Model', 'Input tokens', 'Input', 'Output, expected', 'Output, up to'], rows);
}

/** `$9.60 ($9.10–$10.20)` */
function amounts(range: Parameters<typeof usdRange>[0] & { readonly expected: number }): string {
  return usd(range.low) === usd(range.high) ? usd(range.expected) : `${usd(range.expected)} (${usdRange(range)})`;
}

/** A link that is one of our commands, with its arguments. */
export function link(text: string, command: string, ...args: readonly (string | number)[]): string {
  const said = encodeURIComponent(JSON.stringify(args)).replaceAll('(', '%28').replaceAll(')', '%29');
  return `[${text}](command:messageBatches.${command}?${said})`;
}

/** An id may be any text until it is mended. */
export function linkText(text: string): string {
  return text
    .slice(0, 80)
    .replaceAll(/[\\[\]|<>`*_]/g, '\\$&')
    .replaceAll(/\s+/g, ' ');
}

export function table(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  const rule = heads.map((_, i) => (i === 0 ? '---' : '--:'));
  return [line(heads), line(rule), ...rows.map(line)].join('\n');
}
