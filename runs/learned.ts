import type { Learned } from '../batch/cost/learned';
import { calibrationsIn } from './calibrations';
import { learnedOutputIn } from './learned-output';

/** What this machine has learned of requests and answers. Of a state folder that is not there nothing is made. */
export async function learnedIn(stateDir: string, options: { readonly sandbox: boolean }): Promise<Learned> {
  const [output, input] = await Promise.all([learnedOutputIn(stateDir, options), calibrationsIn(stateDir, options)]);
  return { output, input };
}
