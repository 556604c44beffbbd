import http from 'node:http';
import type { AddressInfo } from 'node:net';
import type { TestContext } from 'node:test';
import type { Sandbox } from '../../sandbox/server';

/** A request on its way to the API, and what may be done with it. */
export interface Exchange {
  readonly request: http.IncomingMessage;
  readonly response: http.ServerResponse;
  /** The whole body; read at most once. */
  body(): Promise<Buffer>;
  /** What the API answers; asked at most once. */
  answer(): Promise<Answer>;
  /** Cuts the connection without another byte. */
  cut(): void;
  /** Sends an answer as it is. */
  send(answer: Answer): void;
}

export interface Answer {
  readonly status: number;
  readonly headers: http.OutgoingHttpHeaders;
  readonly body: Buffer;
}

/** What goes wrong with the requests that it is for, so often and then no more; for ever without a number. */
export interface Mischief {
  readonly on: Route;
  readonly times?: number;
  /** Requests that are let through before it begins. */
  readonly after?: number;
  act(exchange: Exchange): Promise<void> | void;
}

export type Route = 'create' | 'list' | 'retrieve' | 'results';

export interface Wire {
  readonly url: string;
  /** Requests that arrived, by what they are. */
  readonly seen: Record<Route | 'other', number>;
}

/** A server that stands before the sandbox and misbehaves on the wire. */
export async function startWire(
  t: TestContext,
  sandbox: Sandbox,
  mischiefs: readonly Mischief[],
  /** Answers that are known already. */
  known: Partial<Record<Route | 'other', () => Promise<Answer>>> = {},
): Promise<Wire> {
  const seen = { create: 0, list: 0, retrieve: 0, results: 0, other: 0 };
  const struck = new Map<Mischief, number>();
  const server = http.createServer((request, response) => {
    const route = routeOf(request);
    seen[route]++;
    const mischief = mischiefs.find((each) => each.on === route && isDue(each, struck));
    const exchange = { ...newExchange(request, response, sandbox), ...(known[route] && { answer: known[route] }) };
    const act = mischief ?? { act: async (it: Exchange) => it.send(await it.answer()) };
    Promise.resolve(act.act(exchange)).catch(() => request.socket.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, seen };
}

function isDue(mischief: Mischief, struck: Map<Mischief, number>): boolean {
  const times = (struck.get(mischief) ?? 0) + 1;
  struck.set(mischief, times);
  const { after = 0, times: most = Number.POSITIVE_INFINITY } = mischief;
  return times > after && times <= after + most;
}

function routeOf({ method, url = '' }: http.IncomingMessage): Route | 'other' {
  const path = url.split('?')[0] ?? '';
  if (path === '/v1/messages/batches') return method === 'POST' ? 'create' : 'list';
  if (method !== 'GET') return 'other';
  return path.endsWith('/results') ? 'results' : 'retrieve';
}

function newExchange(request: http.IncomingMessage, response: http.ServerResponse, sandbox: Sandbox): Exchange {
  const body = async (): Promise<Buffer> => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    return Buffer.concat(chunks);
  };
  return {
    request,
    response,
    body,
    answer: async () => askSandbox(request, await body(), sandbox),
    cut: () => request.socket.destroy(),
    send({ status, headers, body: bytes }) {
      response.writeHead(status, { ...headers, 'content-length': bytes.length }).end(bytes);
    },
  };
}

function askSandbox({ method, url, headers }: http.IncomingMessage, body: Buffer, sandbox: Sandbox): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const asked = http.request(new URL(url ?? '/', sandbox.url), { method, headers: { ...headers, host: '' } });
    asked.on('error', reject);
    asked.on('response', (answer) => {
      const chunks: Buffer[] = [];
      answer.on('data', (chunk) => chunks.push(chunk));
      answer.on('end', () => {
        const { 'transfer-encoding': _, 'content-length': __, connection: ___, ...kept } = answer.headers;
        resolve({ status: answer.statusCode ?? 0, headers: kept, body: Buffer.concat(chunks) });
      });
    });
    asked.end(body);
  });
}
