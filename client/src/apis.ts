import { createHash } from 'node:crypto';
import type { ApiOptions, BatchesApi } from '../../runs/index';
import { runsBundle } from './runs-bundle';
import { gateway } from './settings';

/** The API at each destination, made once: what was learned of a gateway stays known. */
export class Apis {
  readonly #known = new Map<string, BatchesApi>();

  at(destination: Pick<ApiOptions, 'baseUrl' | 'auth' | 'apiVersion' | 'betas'>): BatchesApi {
    const { baseUrl, auth, apiVersion, betas } = destination;
    const options = { baseUrl, auth, apiVersion, betas, ...gateway() };
    const name = createHash('sha256').update(JSON.stringify(options)).digest('hex');
    const api = this.#known.get(name) ?? runsBundle().createBatchesApi(options);
    this.#known.set(name, api);
    return api;
  }
}
