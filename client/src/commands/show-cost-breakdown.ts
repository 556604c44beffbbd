import path from 'node:path';
import { BreakDownCost } from '../../../server/src/protocol/cost';
import type { App } from '../app';
import { notice } from '../notice';
import { targetFile } from '../target';
import { breakdownMarkdown } from '../text/cost-breakdown';
import { judgedByPhrase } from '../text/file-status';

/** What a file costs by model and by part, and its dearest requests, as a document; of a file that is not open as it is on disk. */
export async function showCostBreakdown(app: App, target?: unknown): Promise<void> {
  const file = targetFile(app, target);
  if (!file) return;
  const name = path.basename(file.fsPath);
  const uri = app.server.asUri(file);
  const breakdown = await app.server.work(`Adding up what ${name} costs`, BreakDownCost, { uri });
  if (!breakdown) return;
  if (breakdown.total.estimate.requests === 0)
    return void notice.warning(`${name} has no requests that could be priced.`);
  const judgedBy = app.server.summaryOf(file)?.judgedBy;
  const note = judgedBy ? judgedByPhrase(judgedBy) : '';
  await app.costs.show(`Cost of ${name}`, breakdownMarkdown({ name, uri: file.toString(), note }, breakdown));
}
