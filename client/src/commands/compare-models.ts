import path from 'node:path';
import { CompareModels } from '../../../server/src/protocol/cost';
import type { App } from '../app';
import { notice } from '../notice';
import { targetFile } from '../target';
import { comparisonMarkdown } from '../text/model-comparison';

/** What a file would cost with other models, side by side; of a file that is not open as it is on disk. */
export async function compareModels(app: App, target?: unknown): Promise<void> {
  const file = targetFile(app, target);
  if (!file) return;
  const name = path.basename(file.fsPath);
  const uri = app.server.asUri(file);
  const comparison = await app.server.work(`Comparing models for ${name}`, CompareModels, { uri });
  if (!comparison) return;
  if (comparison.now.requests === 0) return void notice.warning(`${name} has no requests that could be priced.`);
  const models = app.server.summaryOf(file)?.models.map(({ model }) => model) ?? [];
  await app.costs.show(`Models for ${name}`, comparisonMarkdown({ name, uri: file.toString(), models }, comparison));
}
