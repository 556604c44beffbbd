import { randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { batchRoutes } from './batch-routes';
import type { Batches } from './batches';
import type { Fault, Faults, Moment } from './faults';
import { messageRoutes } from './message-routes';
import { modelRoutes } from './model-routes';
import type { RecordedRequest, SandboxOptions } from './options';
import { record, recordedBody } from './record';
import { errorBody, Refusal } from './refusal';
import { checkKey, declared } from './request-headers';
import type { Reply, Route } from './route';

const routes: readonly Route[] = [...batchRoutes, ...messageRoutes, ...modelRoutes];

/** What every exchange of one sandbox shares. */
export interface World {
  readonly token: string;
  readonly organizationId: string;
  /** The sandbox's own, and that of every `results_url`. */
  readonly origin: string;
  readonly resultsOrigin: string;
  readonly batches: Batches;
  readonly options: SandboxOptions;
  readonly faults: Faults;
  readonly requests: RecordedRequest[];
}

interface Answer extends Reply {
  readonly status: number;
}

/** Takes a request through its whole life: recorded, answered, or met by what is to go wrong with it. */
export async function exchange(request: IncomingMessage, response: ServerResponse, world: World): Promise<void> {
  const arrived = record(request, world.token);
  world.requests.push(arrived);
  const url = new URL(request.url ?? '/', world.origin);
  const route = routes.find(({ method, path }) => method === request.method && path.test(url.pathname));
  const faults = route ? world.faults.strike(route.name) : [];
  const body = recordedBody(request, arrived);
  const requestId = `req_sandbox_${randomBytes(12).toString('hex')}`;

  await held(faults, 'before-body');
  if (drops(faults, 'before-body')) return cut(request);
  const mishap = mishapAnswer(faults, requestId);
  if (mishap || drops(faults, 'before-work')) await drain(body);
  if (drops(faults, 'before-work')) return cut(request);
  const answer = mishap ?? (await work({ route, url, body, arrived, faults, world, requestId }));
  await held(faults, 'after-work');
  if (drops(faults, 'after-work')) return cut(request);

  arrived.status = answer.status;
  response.writeHead(answer.status, {
    'content-type': 'application/json',
    'request-id': requestId,
    'anthropic-organization-id': world.organizationId,
    ...answer.headers,
  });
  await send(response, answer, faults);
  // What was not read of a body that was refused early; the connection is of use again after it.
  request.resume();
}

interface Work {
  readonly route: Route | undefined;
  readonly url: URL;
  readonly body: AsyncIterable<Buffer>;
  readonly arrived: RecordedRequest;
  readonly faults: readonly Fault[];
  readonly world: World;
  readonly requestId: string;
}

/** What the API would answer. */
async function work({ route, url, body, arrived, faults, world, requestId }: Work): Promise<Answer> {
  try {
    checkKey(arrived);
    if (!route) throw noRoute(url.pathname);
    const reply = await route.answer({
      id: route.path.exec(url.pathname)?.[1] ?? '',
      query: url.searchParams,
      body,
      ...declared(arrived),
      batches: world.batches,
      options: world.options,
      resultsOrigin: world.resultsOrigin,
      amiss: faults.find((fault) => fault.kind === 'rows'),
    });
    return { status: 200, ...reply };
  } catch (error) {
    const refusal = error instanceof Refusal ? error : new Refusal(500, String(error));
    return errorAnswer(refusal, requestId);
  }
}

function noRoute(pathname: string): Refusal {
  const allowed = routes.filter(({ path }) => path.test(pathname)).map(({ method }) => method);
  if (allowed.length === 0) return new Refusal(404, 'Not found');
  return new Refusal(405, 'Method Not Allowed', { allow: allowed.join(', ') });
}

function errorAnswer({ status, type, message, headers }: Refusal, requestId: string): Answer {
  return { status, headers, body: { json: errorBody(type, message, requestId) } };
}

/** The answer that a fault gives in place of the work. */
function mishapAnswer(faults: readonly Fault[], requestId: string): Answer | undefined {
  for (const fault of faults) {
    if (fault.kind === 'redirect') return { status: 307, headers: { location: fault.to }, body: { json: {} } };
    if (fault.kind !== 'answer') continue;
    const { status, message = 'This error was asked for.', retryAfter } = fault;
    return errorAnswer(new Refusal(status, message, retryAfter ? { 'retry-after': retryAfter } : {}), requestId);
  }
  return undefined;
}

async function held(faults: readonly Fault[], when: Moment): Promise<void> {
  for (const fault of faults) if (fault.kind === 'hold' && fault.when === when) await fault.until;
}

function drops(faults: readonly Fault[], when: Moment): boolean {
  return faults.some((fault) => fault.kind === 'drop' && fault.when === when);
}

function cut(request: IncomingMessage): void {
  request.socket.destroy();
}

async function drain(body: AsyncIterable<Buffer>): Promise<void> {
  for await (const _ of body);
}

/** Sends the body; where it is to be truncated, the connection is cut once the bytes before that have left. */
async function send(response: ServerResponse, { body }: Answer, faults: readonly Fault[]): Promise<void> {
  const chunks = 'json' in body ? [JSON.stringify(body.json)] : body.stream;
  const truncation = faults.find((fault) => fault.kind === 'truncate');
  if (!truncation) return pipeline(chunks, response);
  await pipeline(firstBytes(chunks, truncation.bytes), response, { end: false });
  response.socket?.destroySoon();
}

async function* firstBytes(
  chunks: Iterable<string> | AsyncIterable<string | Buffer>,
  limit: number,
): AsyncGenerator<Buffer> {
  let left = limit;
  for await (const chunk of chunks) {
    const bytes = Buffer.from(chunk).subarray(0, left);
    yield bytes;
    left -= bytes.length;
    if (left === 0) return;
  }
}
