import type { InlayHint, Range } from 'vscode-languageserver';
import type { RequestEstimate } from '../../../batch/cost/estimate';
import { total } from '../../../batch/cost/totals';
import { count, counted, range, usd, usdRange } from '../../../batch/wording';
import type { BatchDocument } from '../documents';
import { toInlayHint } from '../to-lsp';

/** At the end of each request in the range: its tokens, and what it costs in a batch. */
export function inlayHints(document: BatchDocument, asked: Range): InlayHint[] {
  if (document.kind !== 'batch') return [];
  const hints: InlayHint[] = [];
  const last = Math.min(asked.end.line, document.lines.length - 1);
  for (let line = asked.start.line; line <= last; line++) {
    const estimate = document.factsAt(line)?.estimate;
    if (estimate) hints.push(toInlayHint(line, document.lineText(line).length, label(estimate), tooltip(estimate)));
  }
  return hints;
}

/** `≈ 430 tokens · $0.0002, up to $0.0011`: the editor cuts off longer ones. */
function label({ inputTokens, usd: cost }: RequestEstimate): string {
  const tokens = `≈ ${counted(inputTokens.expected, 'token')}`;
  if (!cost) return `${tokens} · no known price`;
  const { expected, high } = total(cost);
  return `${tokens} · ${usd(expected)}, up to ${usd(high)}`;
}

function tooltip({ inputTokens, outputTokens, usd: cost, standardUsd }: RequestEstimate): string {
  const output = `Output: ${count(outputTokens.expected)} tokens expected, up to ${count(outputTokens.high)}`;
  if (!cost || !standardUsd) return `Input: ${range(inputTokens)} tokens. ${output}.`;
  return [
    `Input: ${range(inputTokens)} tokens, ${usd(cost.input.expected)} (${usdRange(cost.input)}) in a batch.`,
    `${output}: ${usd(cost.output.expected)}, up to ${usd(cost.output.high)}.`,
    `Sent alone: ${usd(total(standardUsd).expected)} expected.`,
  ].join(' ');
}
