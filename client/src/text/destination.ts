import type { Run } from '../../../runs/run';

/** Where a batch would go and with which key, without the key: what a person is asked about. */
export interface DestinationFacts {
  readonly baseUrl: string;
  readonly sandbox: boolean;
  /** As it will stand in the journal. */
  readonly key: Run['key'];
  readonly from: 'stored' | 'environment';
}

/** `api.anthropic.com · key "team" …x4f2 (stored)` */
export function destinationPhrase({ baseUrl, sandbox, key, from }: DestinationFacts): string {
  const host = hostOf(baseUrl);
  if (sandbox) return `The sandbox at ${host}`;
  return `${host} · ${from === 'stored' ? `key "${key.name}"` : 'key'}${tailPhrase(key.tail)} (${from})`;
}

export const tailPhrase = (tail: string): string => (tail ? ` …${tail}` : '');

export function hostOf(baseUrl: string): string {
  return URL.canParse(baseUrl) ? new URL(baseUrl).host : baseUrl;
}

/** Why a command about a run cannot ask the API. */
export function needsKey({ key, baseUrl }: Run): string {
  return `This needs the key "${key.name}"${tailPhrase(key.tail)} for ${hostOf(baseUrl)}, which is not stored here.`;
}
