import type { CancellationToken } from 'vscode-languageserver';
import type { ModelComparison } from '../../../batch/cost/model-comparison';
import { compareFile, compareLines } from '../../../files/compare-models';
import { diskPathOf, onDisk } from '../disk-work';
import type { CostParams } from '../protocol/cost';
import type { VisitWorld } from '../request-visits';

/** What the requests of a file cost, and would cost with other models: of an open document as it is, else of the file on disk. */
export async function compareModels(
  params: CostParams,
  cancel: CancellationToken,
  { connection, documents, settings }: VisitWorld,
): Promise<ModelComparison> {
  const { context } = await settings.judgementOf(params.uri);
  const document = documents.get(params.uri);
  await document?.whenJudged;
  const lines = document?.file && [...document.lines];
  return onDisk(connection, 'Comparing models', params, cancel, (options) => {
    const judging = { ...options, context };
    return lines ? compareLines(lines, judging) : compareFile(diskPathOf(params.uri), judging);
  });
}
