import { rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { CancellationToken } from 'vscode-languageserver';
import type { LineFacts } from '../../../batch/analysis';
import { Breakdown, type CostBreakdown } from '../../../batch/cost/breakdown';
import { COST_HEADER, costRecord } from '../../../batch/cost/cost-csv';
import { BYTE_ORDER_MARK } from '../../../batch/csv';
import { diskPathOf } from '../disk-work';
import type { CostParams, ExportCostParams } from '../protocol/cost';
import { type VisitWorld, visitRequests } from '../request-visits';

/** What the requests of a file cost, by model and by part. */
export async function breakDownCost(
  params: CostParams,
  cancel: CancellationToken,
  world: VisitWorld,
): Promise<CostBreakdown> {
  const { context } = await world.settings.judgementOf(params.uri);
  const breakdown = new Breakdown(context.models);
  const visit = (line: number, facts: LineFacts): void => breakdown.add(line, facts);
  await visitRequests(world, 'Adding up what it costs', params, cancel, visit);
  return breakdown.finish();
}

/** Writes what each request of a file costs as CSV, whole or not at all. */
export async function exportCost(
  params: ExportCostParams,
  cancel: CancellationToken,
  world: VisitWorld,
): Promise<{ readonly requests: number }> {
  const target = diskPathOf(params.target);
  const name = path.basename(diskPathOf(params.uri));
  const records = [BYTE_ORDER_MARK + COST_HEADER];
  const visit = (line: number, facts: LineFacts): void => void records.push(costRecord(name, line, facts));
  await visitRequests(world, 'Exporting what it costs', params, cancel, visit);
  const part = path.join(path.dirname(target), `.${path.basename(target)}.part`);
  try {
    await writeFile(part, records.join(''));
    await rename(part, target);
  } finally {
    await rm(part, { force: true });
  }
  return { requests: records.length - 1 };
}
