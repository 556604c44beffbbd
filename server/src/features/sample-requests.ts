import type { CancellationToken } from 'vscode-languageserver';
import type { LineFacts } from '../../../batch/analysis';
import { type ModelSample, Sampling } from '../../../batch/cost/count-sample';
import type { CostParams } from '../protocol/cost';
import { type VisitWorld, visitRequests } from '../request-visits';

/** The requests of a file that stand for the others when tokens are counted, by model; those of unknown models have none. */
export async function sampleRequests(
  params: CostParams,
  cancel: CancellationToken,
  world: VisitWorld,
): Promise<readonly ModelSample[]> {
  const { context } = await world.settings.judgementOf(params.uri);
  const sampling = new Sampling();
  const visit = (line: number, facts: LineFacts): void => {
    const model = context.models.find(facts.model);
    if (model) sampling.add(line, model.id, facts);
  };
  await visitRequests(world, 'Choosing requests', params, cancel, visit);
  return sampling.choose();
}
