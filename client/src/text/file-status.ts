import { inputWithCaching } from '../../../batch/cost/cache-savings';
import type { Range } from '../../../batch/cost/estimate';
import { aboutUsd, aboutUsdRange, count, counted, size, upToUsd, usd, withCachingPhrase } from '../../../batch/wording';
import type { FileSummary } from '../../../server/src/protocol';
import type { Note } from './disk-state';
import { plainMarkdown } from './plain';

/** A status-bar item: `text` may hold `$(icon)`, `tooltip` is Markdown, `spoken` is for screen readers. */
export interface Status {
  readonly text: string;
  readonly tooltip: string;
  readonly spoken: string;
}

/** What the status bar says of the active batch file; `note` comes before its figures. */
export function fileStatus(name: string, summary: FileSummary, note?: Note): Status {
  const { checkedFromDiskAt } = summary;
  const facts = [...measures(summary), shortCost(summary)].filter((fact) => fact !== undefined);
  const fromDisk = checkedFromDiskAt === null ? [] : [`checked from disk at ${timeOf(checkedFromDiskAt)}`];
  const said = [...(note ? [note.said] : fromDisk), ...facts];
  const icon = note?.icon ?? (summary.counts.error > 0 ? 'error' : 'tasklist');
  return {
    text: `$(${icon}) ${said.join(' · ')}`,
    tooltip: [costMarkdown(name, summary), ...(note?.click ? [note.click] : [])].join('\n\n'),
    spoken: [`Batch file ${name}`, ...said, problemsPhrase(summary)].join(', '),
  };
}

/** The same where nothing is known of it yet, or no longer. */
export function uncheckedStatus(name: string, { said, icon = 'tasklist', click = '' }: Note): Status {
  return {
    text: `$(${icon}) ${said}`,
    tooltip: plainMarkdown([`${name}: ${said}.`, click].join(' ').trim()),
    spoken: `Batch file ${name}, ${said}`,
  };
}

/** `40,000 requests`, `61 MB`; without requests a size would be that of an empty create body. */
function measures({ requests, bytes }: FileSummary): string[] {
  return [counted(requests, 'request'), ...(requests > 0 ? [size(bytes)] : [])];
}

/** `in ≈ $9.60 ($9.10–$10.20) · out ≈ $0.50, up to $102.40`; undefined where no model has a price. */
function shortCost({ estimate: { usd: cost } }: FileSummary): string | undefined {
  if (!cost) return undefined;
  return `in ${aboutUsdRange(cost.input)} · out ${aboutUsd(cost.output.expected)}, ${upToUsd(cost.output.high)}`;
}

/** The whole estimate of a file as Markdown: the tooltip. */
export function costMarkdown(name: string, summary: FileSummary): string {
  const { judgedBy, models, checkedFromDiskAt } = summary;
  return [
    [`**${name}**`, ...measures(summary)].join(' · '),
    costTable(summary.estimate),
    ...cachingNotes(summary),
    ...(models.length > 0 ? [modelsTable(models)] : []),
    `${problemsPhrase(summary)}${checkedFromDiskAt === null ? '' : `, checked from disk at ${timeOf(checkedFromDiskAt)}`}.`,
    judgedByPhrase(judgedBy),
  ].join('\n\n');
}

/** `Judged by API version 2026-10-21, no betas, models of 2026-11-20.` */
export function judgedByPhrase({ apiVersion, betas, models, settings }: FileSummary['judgedBy']): string {
  const declared = betas.length > 0 ? `betas ${betas.join(', ')}` : 'no betas';
  return `Judged by API version ${apiVersion}, ${declared}, models of ${models}${settings ? ', `message-batches.json`' : ''}.`;
}

function costTable({
  usd: batch,
  standardUsd,
  inputTokens,
  outputTokens,
  unpricedRequests,
}: FileSummary['estimate']): string {
  if (!batch || !standardUsd) return 'No price is known for the models of this file.';
  const rows = [
    row('Input, at least', inputTokens, 'low', batch.input, standardUsd.input),
    row('Input, expected', inputTokens, 'expected', batch.input, standardUsd.input),
    row('Input, at most', inputTokens, 'high', batch.input, standardUsd.input),
    row('Output, expected', outputTokens, 'expected', batch.output, standardUsd.output),
    row('Output, up to', outputTokens, 'high', batch.output, standardUsd.output),
    ...(batch.fees
      ? [
          `| Calls of server tools | | ${[0, 1].map(() => `${usd(batch.fees!.expected)}, up to ${usd(batch.fees!.high)}`).join(' | ')} |`,
        ]
      : []),
  ];
  const unpriced =
    unpricedRequests > 0 ? `\n\n${counted(unpricedRequests, 'request')} of unknown price not counted.` : '';
  return `| Estimate | Tokens | In a batch | Sent one by one |\n|---|--:|--:|--:|\n${rows.join('\n')}${unpriced}`;
}

/** What caching would make of the input, where it pays. */
function cachingNotes({ estimate: { usd: cost }, caching }: FileSummary): string[] {
  if (!cost || caching.requests === 0) return [];
  const said = withCachingPhrase(inputWithCaching(cost.input, caching));
  return [`${said[0]?.toUpperCase()}${said.slice(1)}.`];
}

/** By model, most requests first, in a batch. */
function modelsTable(models: FileSummary['models']): string {
  const rows = models.map(({ model, requests, estimate: { inputTokens, usd: cost } }) => {
    const amounts = cost
      ? [cost.input.expected, cost.output.expected, cost.output.high].map(usd)
      : ['no known price', '–', '–'];
    return `| \`${model}\` | ${count(requests)} | ${count(inputTokens.expected)} | ${amounts.join(' | ')} |`;
  });
  const heading = '| Model | Requests | Input tokens | Input | Output, expected | Output, up to |';
  return `${heading}\n|---|--:|--:|--:|--:|--:|\n${rows.join('\n')}`;
}

function row(name: string, tokens: Range, figure: keyof Range, batch: Range, standard: Range): string {
  return `| ${name} | ${count(tokens[figure])} | ${usd(batch[figure])} | ${usd(standard[figure])} |`;
}

function problemsPhrase({ counts }: FileSummary): string {
  const said = [
    ...(counts.error > 0 ? [counted(counts.error, 'error')] : []),
    ...(counts.warning > 0 ? [counted(counts.warning, 'warning')] : []),
  ];
  return said.length > 0 ? said.join(', ') : 'No problems';
}

/** `14:02` in the person's own time. */
export function timeOf(ms: number): string {
  return new Date(ms).toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' });
}
