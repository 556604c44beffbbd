import type { Agent } from 'node:http';
import { BaseAnthropic } from '@anthropic-ai/sdk/client';
import { Batches, type MessageBatch } from '@anthropic-ai/sdk/resources/messages/batches';
import type { Message } from '@anthropic-ai/sdk/resources/messages/messages';
import { type ModelInfo, Models } from '@anthropic-ai/sdk/resources/models';
import { isObject } from '../batch/json';
import { answerFor, answerOf, checkedBatch, checkedPage, parsed } from './answers';
import { type Asked, notTheApi, toRunError } from './api-error';
import { withDeadline } from './deadline';
import { type KeyHeader, KeyInHeader } from './key-header';
import { nodeFetch } from './node-fetch';
import { type Account, keyTail } from './run';
import { RunError } from './run-error';

export interface ApiOptions {
  /** Origin and path prefix, such as `https://api.anthropic.com`. Every call goes there and nowhere else. */
  readonly baseUrl: string;
  /** An API key, or a bearer token (`ANTHROPIC_AUTH_TOKEN`). */
  readonly auth: { readonly apiKey: string } | { readonly authToken: string };
  /** The `anthropic-version` header. */
  readonly apiVersion: string;
  /** The values of the `anthropic-beta` header. */
  readonly betas: readonly string[];
  /** Where the key goes; learned from a 401 where it is not set. */
  readonly keyHeader?: KeyHeader | undefined;
  /** More headers that a gateway wants. They replace none of ours. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /** The way there, if not the direct one. */
  readonly agent?: Agent | undefined;
}

/** A create body whose length is known before its first byte is. */
export interface CreateBodyStream {
  readonly bytes: number;
  readonly chunks: AsyncIterable<Uint8Array>;
}

export interface BatchAnswer {
  readonly batch: MessageBatch;
  /** When the API wants to be asked again, in milliseconds; null where it did not say. */
  readonly retryAfterMs: number | null;
  readonly account: Account;
}

export interface BatchPage {
  /** Newest first. */
  readonly batches: readonly MessageBatch[];
  /** Give it to `list` for the next page; null on the last. */
  readonly nextAfterId: string | null;
  /** The API's clock, in milliseconds since 1970, to compare its times with; ours where it sent none. */
  readonly serverNow: number;
}

export interface ResultsStream {
  readonly chunks: AsyncIterable<Uint8Array>;
  /** The answer says where it ends, so that a cut is an error; otherwise a cut looks like an end. */
  readonly framed: boolean;
}

/** The Message Batches API. Every call is made once and throws `RunError` when it fails: who calls knows when to try again. */
export interface BatchesApi {
  readonly baseUrl: string;
  readonly apiVersion: string;
  readonly betas: readonly string[];
  /** Whom it asks and with which key, as a person would name them. */
  readonly asked: Asked;
  create(body: CreateBodyStream, signal?: AbortSignal): Promise<BatchAnswer>;
  retrieve(batchId: string, signal?: AbortSignal): Promise<BatchAnswer>;
  list(options?: { afterId?: string | null; limit?: number }, signal?: AbortSignal): Promise<BatchPage>;
  cancel(batchId: string, signal?: AbortSignal): Promise<MessageBatch>;
  delete(batchId: string, signal?: AbortSignal): Promise<void>;
  /** The results from our own base URL: never from `results_url`, which could name another host. */
  results(batchId: string, signal?: AbortSignal): Promise<ResultsStream>;
  models(signal?: AbortSignal): Promise<ModelInfo[]>;
  /** One request alone, through the Messages API at standard price: the bytes of its `params` as they are. */
  message(params: Uint8Array, signal?: AbortSignal): Promise<Message>;
  /** Tokens of a prompt, as the API counts them; free. `body` is JSON. */
  countTokens(body: Uint8Array, signal?: AbortSignal): Promise<number>;
}

/** Until the whole of a small answer is here. */
const ANSWER_MS = 60_000;
/** The API reads and checks all of a body before it answers. */
const ANSWER_MS_PER_MEGABYTE = 1_000;
/** Until the first byte of an answer, which for `create` includes the sending: a slow line may take hours for 256 MB. */
const CREATE_TIMEOUT_MS = 24 * 60 * 60_000;
const RESULTS_TIMEOUT_MS = 2 * 60_000;
/** A long answer is written before its first byte arrives. */
const MESSAGE_TIMEOUT_MS = 60 * 60_000;

/** An answer that is not streamed to disk is kept in memory: a page of a thousand batches is below a megabyte. */
const MOST_ANSWER_BYTES = 64 << 20;

/** What we send and nothing else: the SDK would add those of ANTHROPIC_CUSTOM_HEADERS, and what machine this is. */
const HEADERS = [
  'accept',
  'anthropic-beta',
  'anthropic-version',
  'authorization',
  'content-length',
  'content-type',
  'user-agent',
];
const RESERVED: readonly string[] = [...HEADERS, 'x-api-key', 'host', 'connection', 'transfer-encoding'];

/**
 * The API at one address with one key, one version and one set of betas. Nothing is read from the environment. Throws
 * `RunError` for an address or a key that can be none.
 */
export function createBatchesApi(options: ApiOptions): BatchesApi {
  const { baseUrl, apiVersion, betas } = options;
  const asked = whoIsAsked(options);
  const key = new KeyInHeader(options.keyHeader);
  const client = newClient(options, key);
  const batches = new Batches(client);
  const fail = (error: unknown): never => {
    throw toRunError(error, asked);
  };
  const api: BatchesApi = {
    baseUrl,
    apiVersion,
    betas,
    asked,
    async create({ bytes, chunks }, signal) {
      const headers = { 'content-type': 'application/json', 'content-length': String(bytes) };
      const sent = new Completion(chunks);
      const answerMs = ANSWER_MS + (bytes / 1_000_000) * ANSWER_MS_PER_MEGABYTE;
      const sending = withDeadline(answerMs, { signal, after: sent.done }, (combined) =>
        client
          .post<MessageBatch>('/v1/messages/batches', {
            // Unlike the SDK's own, this stream takes no chunk before it is asked for one.
            body: ReadableStream.from(sent.chunks()),
            headers,
            timeout: CREATE_TIMEOUT_MS,
            signal: combined,
          })
          .withResponse(),
      );
      const before = key.header;
      const answer = await sending.catch(async (error: unknown) => {
        const known = toRunError(error, asked);
        // A list costs nothing, and tells whether it was the header.
        if (known.kind === 'auth') await api.list({ limit: 1 }, signal).catch(() => {});
        if (known.kind !== 'auth' || key.header === before) throw known;
        throw new RunError('key-header', `${asked.host} takes the key as ${key.header}: it is sent so from now on.`);
      });
      return answerOf(answer, asked);
    },
    async retrieve(batchId, signal) {
      const asking = withDeadline(ANSWER_MS, { signal }, (combined) =>
        batches.retrieve(batchId, {}, { signal: combined }).withResponse(),
      );
      return answerFor(batchId, answerOf(await asking.catch(fail), asked), asked);
    },
    async list({ afterId, limit = 100 } = {}, signal) {
      const query = afterId ? { limit, after_id: afterId } : { limit };
      // Not through the SDK's page, which takes any answer for an empty one.
      const asking = withDeadline(ANSWER_MS, { signal }, (combined) =>
        client.get<unknown>('/v1/messages/batches', { query, signal: combined }).withResponse(),
      );
      const { data, response } = await asking.catch(fail);
      return checkedPage(data, response, asked);
    },
    async cancel(batchId, signal) {
      const asking = withDeadline(ANSWER_MS, { signal }, (combined) =>
        batches.cancel(batchId, {}, { signal: combined }),
      );
      return checkedBatch(await asking.catch(fail), asked);
    },
    delete: async (batchId, signal) => {
      await withDeadline(ANSWER_MS, { signal }, (combined) => batches.delete(batchId, {}, { signal: combined })).catch(
        fail,
      );
    },
    async results(batchId, signal) {
      const path = `/v1/messages/batches/${encodeURIComponent(batchId)}/results`;
      const headers = { accept: 'application/binary' };
      const asking = client.get(path, { headers, __binaryResponse: true, timeout: RESULTS_TIMEOUT_MS, signal });
      const response = await asking.asResponse().catch(fail);
      // Whoever sends another part than the whole was not asked for it.
      if (response.status !== 200) throw notTheApi(asked);
      const framed = response.headers.has('content-length') || response.headers.has('transfer-encoding');
      return { chunks: bytesOf(response, fail), framed };
    },
    models: async (signal) => (await new Models(client).list({ limit: 1000 }, { signal }).catch(fail)).data,
    async message(params, signal) {
      const headers = { 'content-type': 'application/json' };
      const options = { body: params, headers, timeout: MESSAGE_TIMEOUT_MS, signal };
      const answer = parsed(await client.post('/v1/messages', options).catch(fail)) as Message | null;
      if (!Array.isArray(answer?.content)) throw notTheApi(asked);
      return answer;
    },
    async countTokens(body, signal) {
      const headers = { 'content-type': 'application/json' };
      const counting = withDeadline(ANSWER_MS, { signal }, (combined) =>
        client.post('/v1/messages/count_tokens', { body, headers, signal: combined }),
      );
      const answer = parsed(await counting.catch(fail));
      if (!isObject(answer) || typeof answer.input_tokens !== 'number') throw notTheApi(asked);
      return answer.input_tokens;
    },
  };
  return api;
}

function newClient(options: ApiOptions, key: KeyInHeader): BaseAnthropic {
  const { baseUrl, auth, apiVersion, betas, headers: more = {}, agent } = options;
  return new BaseAnthropic({
    ...auth,
    baseURL: baseUrl,
    webhookKey: null,
    defaultHeaders: { 'anthropic-version': apiVersion, 'anthropic-beta': betas.length > 0 ? betas.join(',') : null },
    fetch: (url, init) => {
      const headers = onlyOurs(init?.headers);
      for (const [name, value] of Object.entries(more))
        if (!RESERVED.includes(name.toLowerCase())) headers.set(name, value);
      const mostBytes = String(url).endsWith('/results') ? undefined : MOST_ANSWER_BYTES;
      const isRepeatable = !(init?.body instanceof ReadableStream);
      return key.fetch(
        headers,
        (sent) => nodeFetch(url, { ...init, headers: sent }, { agent, mostBytes }),
        isRepeatable,
      );
    },
    maxRetries: 0,
    timeout: ANSWER_MS,
    logLevel: 'off',
    openTelemetry: false,
  });
}

async function* bytesOf(response: Response, fail: (error: unknown) => never): AsyncGenerator<Uint8Array> {
  try {
    if (response.body) yield* response.body;
  } catch (error) {
    fail(error);
  }
}

function onlyOurs(headers: RequestInit['headers']): Headers {
  return new Headers([...new Headers(headers)].filter(([name]) => HEADERS.includes(name)));
}

function whoIsAsked({ baseUrl, auth }: ApiOptions): Asked {
  const [kind, secret] = 'apiKey' in auth ? ['API key', auth.apiKey] : ['token', auth.authToken];
  if (!/^[\x21-\x7e]+$/.test(secret))
    throw new RunError('auth', `The ${kind} holds characters that none has: set it again.`);
  if (!/^https?:\/\//i.test(baseUrl) || !URL.canParse(baseUrl)) {
    throw new RunError('invalid', `The base URL "${baseUrl}" is no address: it begins with https:// and names a host.`);
  }
  const tail = keyTail(secret);
  return { host: new URL(baseUrl).host, key: tail ? `${kind} …${tail}` : kind };
}

/** Knows when the last chunk was taken: from then on it is the other side's turn. */
class Completion {
  #resolve = () => {};
  readonly done = new Promise<void>((resolve) => {
    this.#resolve = resolve;
  });

  constructor(private readonly source: AsyncIterable<Uint8Array>) {}

  async *chunks(): AsyncGenerator<Uint8Array> {
    yield* this.source;
    this.#resolve();
  }
}
