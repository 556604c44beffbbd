import type * as Runs from '../../runs/index';
import type { Run } from '../../runs/run';
import type { App } from './app';
import { authForRun } from './destination';

/** The bundle that carries the SDK, loaded with the first call of the API. */
export function runsBundle(): typeof Runs {
  return require('./runs.js') as typeof Runs;
}

/** The API of a run, with the key that it was sent with; null where this window has none. */
export async function apiFor(app: Pick<App, 'keys' | 'sandbox' | 'apis'>, run: Run): Promise<Runs.BatchesApi | null> {
  const auth = await authForRun(app, run);
  const { baseUrl, apiVersion, betas } = run;
  return auth ? app.apis.at({ baseUrl, apiVersion, betas, auth }) : null;
}
