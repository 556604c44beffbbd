import { API_VERSIONS } from '../batch/context';
import type { RecordedRequest } from './options';
import { Refusal } from './refusal';

/** Throws a `Refusal` unless the request came with the sandbox's token, either as `x-api-key` or as a bearer token. */
export function checkKey({ key }: RecordedRequest): void {
  if (key === 'none') throw new Refusal(401, 'x-api-key header is required');
  if (key === 'wrong') throw new Refusal(401, 'API key is invalid.');
}

/** The API version and betas that a request declares. Throws a `Refusal` where the version is missing or unknown. */
export function declared({ headers }: RecordedRequest): { apiVersion: string; betas: string[] } {
  const apiVersion = headers['anthropic-version'];
  if (apiVersion === undefined) throw new Refusal(400, 'anthropic-version: header is required');
  if (!API_VERSIONS.some((known) => known === apiVersion)) {
    throw new Refusal(400, `anthropic-version: "${apiVersion}" is not a valid version`);
  }
  const betas = (headers['anthropic-beta'] ?? '').split(',').map((beta) => beta.trim());
  return { apiVersion, betas: betas.filter((beta) => beta !== '') };
}
