import type { ComparedModel, ModelComparison } from '../../../batch/cost/model-comparison';
import { type EstimateTotals, total } from '../../../batch/cost/totals';
import { count, counted, sharePhrase, usd } from '../../../batch/wording';
import { codeSpan } from '../../../results/visible';
import { link, linkText, table } from './cost-breakdown';

export interface ComparisonOf {
  readonly name: string;
  /** The file's URI, for the commands that links are. */
  readonly uri: string;
  /** The models that the file names, as written. */
  readonly models: readonly string[];
}

/** What a file would cost with each model, as a page in Markdown. */
export function comparisonMarkdown(
  { name, uri, models: named }: ComparisonOf,
  { now, models }: ModelComparison,
): string {
  const heads = ['In a batch', 'Input tokens', 'Input', 'Output, expected', 'Output, up to', 'Both, expected'];
  const asItIs = now.usd ? total(now.usd).expected : null;
  const rows = [
    row(`**As it is**${named.length === 1 ? `: ${codeSpan(named[0]!)}` : ''}`, now, asItIs, refusedPhrase(0)),
    ...models.map(({ model, estimate, refused }) => row(codeSpan(model), estimate, asItIs, refusedPhrase(refused))),
  ];
  return [
    `# What ${linkText(name)} would cost with other models`,
    `${counted(now.requests, 'request')}, if all of them named the model; cheapest first.`,
    table([...heads, 'Beside as it is', 'Refused'], rows),
    'Tokens are counted as each model counts them, and answers taken to be as long as they are expected now. *Refused* are requests that the model would not take as they are, such as for a setting that it does not know. What the answers are worth only a trial shows: *Try One Now…* sends a request alone.',
    link('Show Cost Breakdown', 'showCostBreakdown', uri),
  ].join('\n\n');
}

function row(
  name: string,
  { inputTokens, usd: batch }: EstimateTotals,
  asItIs: number | null,
  refused: string,
): string[] {
  if (!batch) return [name, count(inputTokens.expected), 'no known price', '–', '–', '–', '–', refused];
  const both = total(batch).expected;
  const { input, output } = batch;
  const figures = [input.expected, output.expected, output.high, both].map(usd);
  return [name, count(inputTokens.expected), ...figures, asItIs ? sharePhrase(both / asItIs) : '–', refused];
}

function refusedPhrase(refused: ComparedModel['refused']): string {
  return refused === 0 ? '–' : count(refused);
}
