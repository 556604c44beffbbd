import http from 'node:http';
import https from 'node:https';
import type { Socket } from 'node:net';
import { finished, pipeline, Readable, type Transform } from 'node:stream';
import type { ReadableStream as NodeReadableStream } from 'node:stream/web';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';

/** A connection on which no byte moves for so long is given up. Checking 256 MB may take the API a while. */
const IDLE_MS = 10 * 60_000;

/** So much of an answer is taken from the socket before somebody reads it. */
const AHEAD_BYTES = 1 << 20;

/** An answer whose body must be null by the fetch standard. */
const NO_BODY = [204, 205, 304];

/** Once an answer has begun it goes on. */
const STALLED_MS = 60_000;

export interface FetchOptions {
  readonly agent?: http.Agent | undefined;
  /** The most that an answer may hold: what is longer is cut off with an error. */
  readonly mostBytes?: number | undefined;
}

/**
 * `fetch` over `node:http` and `node:https`. It differs from the global one where it matters to us: VS Code's proxy and
 * certificate settings apply, a streamed body goes out with the exact `content-length` that the headers give and without
 * being kept in memory, and a redirect is handed back, so that a key is never sent on to another address.
 */
export function nodeFetch(
  input: string | URL | Request,
  init: RequestInit = {},
  { agent, mostBytes }: FetchOptions = {},
): Promise<Response> {
  const url = new URL(input instanceof Request ? input.url : input);
  // Not `close`: then some servers cut the line together with an early refusal, which is lost before it is read.
  const headers = { ...Object.fromEntries(new Headers(init.headers)), connection: 'keep-alive' };
  const signal = init.signal ?? undefined;
  return new Promise((resolve, reject) => {
    const { request: open } = url.protocol === 'http:' ? http : https;
    const request = open(url, { method: init.method ?? 'GET', headers, signal, ...(agent && { agent }) });
    request.setTimeout(IDLE_MS, () => request.destroy(Object.assign(new Error('timed out'), { code: 'ETIMEDOUT' })));
    request.on('error', reject);
    // Whatever else ends it, such as another protocol that nobody asked for; what was answered stays answered.
    request.on('close', () => reject(Object.assign(new Error('closed'), { code: 'ECONNRESET' })));
    const stopSending = send(request, init.body);
    request.on('response', (answer) => {
      // An answer before the whole body was sent is a refusal: a server that has seen enough (401, 413).
      stopSending();
      request.setTimeout(STALLED_MS);
      // No call is made on the connection of another: one that is just being closed would leave it undecided whether a
      // batch was bought.
      request.shouldKeepAlive = false;
      answer.on('close', () => request.destroy());
      try {
        resolve(toResponse(answer, mostBytes));
      } catch (error) {
        request.destroy();
        reject(error);
      }
    });
  });
}

/**
 * Sends the body and returns what stops that. An error of the body ends the request with that very error. Nothing of a
 * stream is taken before there is a connection: what never left is known not to have arrived.
 */
function send(request: http.ClientRequest, body: RequestInit['body']): () => void {
  if (!(body instanceof ReadableStream)) {
    request.end(body ?? undefined);
    return () => {};
  }
  const chunks = Readable.fromWeb(body as NodeReadableStream<Uint8Array>, { highWaterMark: 1, objectMode: true });
  chunks.on('error', (error) => request.destroy(error));
  request.on('close', () => chunks.destroy());
  request.on('socket', (socket) => whenConnected(socket, () => chunks.destroyed || chunks.pipe(request)));
  return () => {
    if (chunks.readableEnded) return;
    chunks.unpipe(request);
    chunks.destroy();
  };
}

/** With TLS, after the handshake: a certificate that is not trusted comes before the first byte of ours. */
function whenConnected(socket: Socket & { secureConnecting?: boolean }, start: () => void): void {
  if (socket.secureConnecting) socket.once('secureConnect', start);
  else if (socket.connecting) socket.once('connect', start);
  else start();
}

function toResponse(answer: http.IncomingMessage, mostBytes: number | undefined): Response {
  const status = answer.statusCode ?? 0;
  const headers = new Headers();
  for (const [name, values] of Object.entries(answer.headersDistinct)) {
    for (const value of values ?? []) headers.append(name, value);
  }
  if (NO_BODY.includes(status)) answer.resume();
  return new Response(NO_BODY.includes(status) ? null : bodyOf(answer, mostBytes), { status, headers });
}

function bodyOf(answer: http.IncomingMessage, mostBytes = Number.POSITIVE_INFINITY): ReadableStream<Uint8Array> {
  const body = decoded(answer);
  answer.on('error', () => {}); // Reading throws it; unread, it is nobody's.
  // Nothing may be given to a stream that its reader has left, and what was on its way still comes.
  let isLeft = false;
  let bytes = 0;
  return new ReadableStream<Uint8Array>(
    {
      start(controller) {
        // Chunk by chunk as they come from the socket: an iterator of the stream would join them.
        body.on('data', (chunk: Uint8Array) => {
          if (isLeft) return;
          bytes += chunk.length;
          if (bytes > mostBytes) return void body.destroy(tooLong());
          controller.enqueue(chunk);
          if ((controller.desiredSize ?? 0) <= 0) body.pause();
        });
        body.pause();
        finished(body, (error) => {
          if (isLeft) return;
          if (error) controller.error(error);
          else controller.close();
        });
      },
      pull() {
        body.resume();
      },
      cancel() {
        isLeft = true;
        answer.destroy();
      },
    },
    new ByteLengthQueuingStrategy({ highWaterMark: AHEAD_BYTES }),
  );
}

function tooLong(): Error {
  return Object.assign(new Error('its answer does not end'), { code: 'EMSGSIZE' });
}

/** Nobody is asked to compress, and some proxies do so unasked. */
function decoded(answer: http.IncomingMessage): Readable {
  const encoding = answer.headers['content-encoding']?.trim().toLowerCase() ?? '';
  const decoder = Object.hasOwn(DECODERS, encoding) ? DECODERS[encoding] : undefined;
  // Its errors are those of the last stream, which is read.
  return decoder ? pipeline(answer, decoder(), () => {}) : answer;
}

const DECODERS: Readonly<Record<string, () => Transform>> = {
  gzip: createGunzip,
  'x-gzip': createGunzip,
  deflate: createInflate,
  br: createBrotliDecompress,
};
