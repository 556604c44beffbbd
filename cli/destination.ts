import type { ApiOptions } from '../runs/batches-api';
import { keyTail, type Run } from '../runs/run';
import { isSandboxKey } from '../runs/sandbox-key';
import { Failure } from './exit';
import type { Terminal } from './terminal';

const API = 'https://api.anthropic.com';

/** Where batches go, and with which key. */
export interface Destination {
  readonly baseUrl: string;
  readonly auth: ApiOptions['auth'];
  /** As it may be shown and kept: never the key. */
  readonly key: Run['key'];
  /** A sandbox's key, on this machine: nothing of it can be taken for the real thing. */
  readonly sandbox: boolean;
}

/** What flags and environment say. Throws a `Failure` where there is no key, or the address is none. */
export function destinationOf(baseUrlFlag: string | undefined, { env }: Pick<Terminal, 'env'>): Destination {
  const baseUrl = (baseUrlFlag ?? (env.ANTHROPIC_BASE_URL || API)).replace(/\/+$/, '');
  if (!/^https?:\/\//.test(baseUrl) || !URL.canParse(baseUrl))
    throw new Failure(`"${baseUrl}" is no base URL such as ${API}.`);
  const apiKey = env.ANTHROPIC_API_KEY;
  const authToken = env.ANTHROPIC_AUTH_TOKEN;
  const secret = apiKey || authToken;
  if (!secret) throw new Failure(`There is no API key for ${new URL(baseUrl).host}: set ANTHROPIC_API_KEY.`);
  return {
    baseUrl,
    auth: apiKey ? { apiKey } : { authToken: secret },
    key: { name: 'environment', tail: keyTail(secret) },
    sandbox: isSandboxKey(secret, baseUrl),
  };
}

/** `api.anthropic.com with the key …x4f2`, `the sandbox at 127.0.0.1:41234` */
export function destinationPhrase({ baseUrl, key, sandbox }: Pick<Run, 'baseUrl' | 'key' | 'sandbox'>): string {
  const { host } = new URL(baseUrl);
  if (sandbox) return `the sandbox at ${host}`;
  return `${host} with the key ${key.tail ? `…${key.tail}` : `from the ${key.name}`}`;
}
