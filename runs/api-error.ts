import {
  APIConnectionError,
  APIConnectionTimeoutError,
  APIError,
  APIUserAbortError,
} from '@anthropic-ai/sdk/core/error';
import { BILLING_ANSWER } from '../batch/api-fault';
import { canceled, isRunError, RunError, type RunErrorDetails, type RunErrorKind } from './run-error';

/** Whom we asked, as a person would name it: `api.anthropic.com`, `API key …x4f2`. */
export interface Asked {
  readonly host: string;
  readonly key: string;
}

/** What the SDK or the network threw, as a `RunError`. What is neither is a bug and is thrown on. */
export function toRunError(error: unknown, asked: Asked): RunError {
  if (isRunError(error)) return error;
  if (error instanceof APIUserAbortError || isAbort(error)) return canceled();
  if (error instanceof APIConnectionError) return connectionError(error, asked);
  if (error instanceof APIError) return answerError(error, asked);
  if (error instanceof SyntaxError) return notTheApi(asked);
  if (codeOf(error)) return networkError(error, asked);
  throw error;
}

/** A proxy's log-in page is an answer with status 200 too, and so is one that was cut off. */
export function notTheApi(asked: Asked): RunError {
  return new RunError(
    'server',
    `${asked.host} gave an answer that is none of the Message Batches API: is the base URL right?`,
  );
}

/** By status; https://platform.claude.com/docs/en/api/errors (read 2026-10). The rest of 4xx is `invalid`, of 5xx `server`. */
const KINDS: Readonly<Record<number, RunErrorKind>> = {
  401: 'auth',
  402: 'billing',
  403: 'permission',
  404: 'not-found',
  408: 'server',
  409: 'server',
  413: 'too-large',
  429: 'rate-limit',
  529: 'overloaded',
};

const SENTENCES: Readonly<Record<string, (asked: Asked, said: string) => string>> = {
  auth: ({ host, key }) => `The ${key} was refused by ${host}: use another one.`,
  billing: ({ host }, said) => `${host} refuses for a matter of billing${said}`,
  permission: ({ host, key }, said) => `The ${key} is not allowed to do this at ${host}${said}`,
  'not-found': ({ host, key }, said) => `${host} does not have this for the ${key}${said}`,
  'too-large': ({ host }, said) => `${host} refuses the batch as too large${said}`,
  'rate-limit': ({ host }, said) => `${host} asks for fewer calls: try again later${said}`,
  overloaded: ({ host }, said) => `${host} is overloaded: try again later${said}`,
  invalid: ({ host }, said) => `${host} refused what was sent${said}`,
  server: ({ host }, said) => `${host} failed${said}`,
};

/** A spend limit of the organization comes as 429: https://platform.claude.com/docs/en/api/rate-limits (2026-10-08). */
const SPEND_LIMIT_CODE = 'enforced_spend_limit_reached';

function answerError(error: APIError, asked: Asked): RunError {
  const status = error.status ?? 0;
  const details = {
    status,
    requestId: error.requestID ?? null,
    retryAfterMs: retryAfterMs(error.headers),
    said: error.type && error.apiMessage ? { type: error.type, message: error.apiMessage } : null,
    cause: error,
  };
  if (status >= 300 && status < 400) {
    const to = error.headers?.get('location') ?? 'another address';
    return new RunError(
      'server',
      `${asked.host} redirects to ${to}: nothing is sent on, set the base URL to where it belongs.`,
      details,
    );
  }
  if (status === 404 && !error.type) return noSuchPlace(error, asked, details);
  const kind = kindOf(error, status);
  const said = error.apiMessage ? `: ${error.apiMessage}` : ` (HTTP status ${status}).`;
  return new RunError(kind, SENTENCES[kind]?.(asked, said) ?? `${asked.host}${said}`, details);
}

/** A gateway that knows no such path says so in its own way. */
function noSuchPlace({ headers }: APIError, { host }: Asked, details: RunErrorDetails): RunError {
  const isPage = headers?.get('content-type')?.includes('html');
  return new RunError('server', `${host} does not offer Message Batches (404${isPage ? ', HTML' : ''}).`, details);
}

function kindOf(error: APIError, status: number): RunErrorKind {
  const limited = error.errorCode === SPEND_LIMIT_CODE || BILLING_ANSWER.test(error.apiMessage ?? '');
  if (limited || error.type === 'billing_error') return 'billing';
  return KINDS[status] ?? (status >= 500 ? 'server' : 'invalid');
}

/** Milliseconds that `retry-after` (seconds or a date) asks for; null where it is missing or unreadable. */
export function retryAfterMs(headers: Headers | undefined): number | null {
  const value = headers?.get('retry-after');
  if (!value) return null;
  const seconds = Number(value);
  const ms = Number.isNaN(seconds) ? Date.parse(value) - Date.now() : seconds * 1000;
  return Number.isFinite(ms) ? Math.max(0, ms) : null;
}

function connectionError(error: APIConnectionError, asked: Asked): RunError {
  if (isRunError(error.cause)) return error.cause;
  if (error instanceof APIConnectionTimeoutError) {
    return new RunError('network', `${asked.host} did not answer in time.`, { cause: error });
  }
  return networkError(error.cause ?? error, asked);
}

const NETWORK_CODES: Readonly<Record<string, string>> = {
  ENOTFOUND: 'its name is unknown, or there is no network',
  EAI_AGAIN: 'its name cannot be looked up, or there is no network',
  ENETUNREACH: 'there is no network',
  ECONNREFUSED: 'nothing answers there',
  ECONNRESET: 'the connection was cut',
  EPIPE: 'the connection was cut',
  ETIMEDOUT: 'it did not answer in time',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'its certificate is not trusted',
  SELF_SIGNED_CERT_IN_CHAIN: 'its certificate is not trusted',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'its certificate is not trusted',
  CERT_HAS_EXPIRED: 'its certificate has expired',
};

function networkError(error: unknown, asked: Asked): RunError {
  const code = codeOf(error);
  const reason = (code && NETWORK_CODES[code]) ?? (error instanceof Error ? error.message : String(error));
  return new RunError('network', `${asked.host} could not be reached: ${reason}.`, { cause: error });
}

function isAbort(error: unknown): boolean {
  return error instanceof Error && (error.name === 'AbortError' || codeOf(error) === 'ABORT_ERR');
}

function codeOf(error: unknown): string | null {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : null;
}
