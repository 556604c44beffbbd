import type { Context } from '../batch/context';
import { ModelTable } from '../batch/cost/models';

/** A context as it crosses to another thread. */
export type PlainContext = Omit<Context, 'models'> & {
  readonly models: Pick<ModelTable, 'models' | 'date' | 'batchFactor' | 'usInferenceFactor' | 'expected' | 'standIn'>;
};

export function plainContext({
  models: { models, date, batchFactor, usInferenceFactor, expected, standIn },
  ...rest
}: Context): PlainContext {
  return { ...rest, models: { models, date, batchFactor, usInferenceFactor, expected, standIn } };
}

/** The context as it was before it crossed. */
export function contextOf({
  models: { models, date, batchFactor, usInferenceFactor, expected, standIn },
  ...rest
}: PlainContext): Context {
  return { ...rest, models: new ModelTable(models, date, batchFactor, usInferenceFactor, expected, standIn) };
}
