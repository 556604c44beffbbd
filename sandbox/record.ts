import { createHash } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { RecordedRequest } from './options';

/** Notes a request as it arrives; its body's size and hash follow as it is read. */
export function record(request: IncomingMessage, token: string): RecordedRequest {
  const { authorization, 'x-api-key': apiKey, ...headers } = request.headers;
  const key = apiKey?.toString() ?? authorization?.replace(/^Bearer /i, '');
  return {
    method: request.method ?? '',
    path: request.url ?? '',
    headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)])),
    key: key === undefined ? 'none' : key === token ? 'right' : 'wrong',
    bytes: 0,
    sha256: createHash('sha256').digest('hex'),
    status: null,
  };
}

/** The body's chunks, counted and hashed as they pass. */
export async function* recordedBody(request: IncomingMessage, arrived: RecordedRequest): AsyncGenerator<Buffer> {
  const hash = createHash('sha256');
  // The connection outlives a body that is not read to its end: an early refusal still has to be answered.
  for await (const chunk of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    arrived.bytes += chunk.length;
    hash.update(chunk);
    yield chunk;
  }
  arrived.sha256 = hash.digest('hex');
}
