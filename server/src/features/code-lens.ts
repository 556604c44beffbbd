import type { CodeLens } from 'vscode-languageserver';
import { type EstimateTotals, total } from '../../../batch/cost/totals';
import { aboutUsd, costPhrase, counted, size } from '../../../batch/wording';
import type { ClientFeatures } from '../client-features';
import type { BatchDocument } from '../documents';
import { ClientCommand } from '../protocol';
import { toLens } from '../to-lsp';
import { isExcerpt } from '../uris';
import type { ResultsBeside } from './results-beside';

/** Above the first line: what the file is and costs, and what can be done with it. */
export async function codeLenses(
  document: BatchDocument,
  client: ClientFeatures,
  results: ResultsBeside,
): Promise<CodeLens[]> {
  const { file, uri } = document;
  if (!file || isExcerpt(uri) || document.kind !== 'batch' || file.requests === 0) return [];
  const title = summaryTitle(file.requests, file.bytes, file.estimate());
  if (!client.commands) return [toLens(0, { title, command: '' })];
  const summary = toLens(0, { title, command: ClientCommand.showCostBreakdown, arguments: [uri] });
  const submit = toLens(0, { title: 'Submit…', command: ClientCommand.submit, arguments: [uri] });
  const open = toLens(0, { title: 'Open Results Beside', command: ClientCommand.openResults, arguments: [uri] });
  const newest = await results.newest(uri, document.judgement?.resultsFolder);
  return newest ? [summary, submit, open] : [summary, submit];
}

function summaryTitle(
  requests: number,
  bytes: number,
  { usd: cost, standardUsd, unpricedRequests }: EstimateTotals,
): string {
  const parts = [counted(requests, 'request'), size(bytes)];
  if (cost && standardUsd) {
    const standard = aboutUsd(total(standardUsd).expected);
    parts.push(`${costPhrase(cost)} (standard ${standard})`);
  }
  if (unpricedRequests > 0)
    parts.push(cost ? `${counted(unpricedRequests, 'request')} without a known price` : 'no known price');
  return parts.join(' · ');
}
