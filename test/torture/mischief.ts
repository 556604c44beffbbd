import { setTimeout as delay } from 'node:timers/promises';
import type { Answer, Mischief, Route } from './wire';

/** The connection is cut: before the body is read, within it, or after the API did its work. */
export const cutBefore = (on: Route, times = 1): Mischief => ({ on, times, act: (exchange) => exchange.cut() });

export const cutWithin = (bytes: number): Mischief => ({
  on: 'create',
  times: 1,
  async act({ request, cut }) {
    let seen = 0;
    for await (const chunk of request) {
      seen += (chunk as Buffer).length;
      if (seen >= bytes) return cut();
    }
  },
});

export const cutAfterBody = (on: Route = 'create', times = 1): Mischief => ({
  on,
  times,
  async act(exchange) {
    await exchange.body();
    exchange.cut();
  },
});

export const answerLost = (on: Route = 'create', times = 1): Mischief => ({
  on,
  times,
  async act(exchange) {
    await exchange.answer();
    exchange.cut();
  },
});

/** An answer that never reached the API. */
export const status = (on: Route, code: number, more: Partial<Answer> & { times?: number } = {}): Mischief => ({
  on,
  times: more.times ?? 1,
  async act(exchange) {
    await exchange.body();
    const body =
      more.body ?? Buffer.from(JSON.stringify({ type: 'error', error: { type: 'x', message: 'asked for' } }));
    exchange.send({ status: code, headers: { 'content-type': 'application/json', ...more.headers }, body });
  },
});

/** The API did its work, and a proxy says that it did not. */
export const statusAfterWork = (code: number, body: string): Mischief => ({
  on: 'create',
  times: 1,
  async act(exchange) {
    await exchange.answer();
    exchange.send({ status: code, headers: { 'content-type': 'text/html' }, body: Buffer.from(body) });
  },
});

/** What the API answers, changed. */
export const changed = (on: Route, change: (answer: Answer) => Answer, times?: number): Mischief => ({
  on,
  ...(times !== undefined && { times }),
  async act(exchange) {
    exchange.send(change(await exchange.answer()));
  },
});

/** The rows of the results, changed. */
export const rows = (change: (lines: string[]) => string[], times?: number): Mischief =>
  changed(
    'results',
    (answer) => {
      const lines = answer.body.toString('utf8').trimEnd().split('\n');
      return { ...answer, body: Buffer.from(`${change(lines).join('\n')}\n`) };
    },
    times,
  );

/** The body ends after so many bytes, with or without word of where it was to end. */
export const cutAt = (on: Route, bytes: number, how: 'announced' | 'chunked' | 'unannounced', times = 1): Mischief => ({
  on,
  times,
  async act(exchange) {
    const { status: code, headers, body } = await exchange.answer();
    const { response } = exchange;
    const length = how === 'announced' ? { 'content-length': body.length } : {};
    if (how === 'unannounced') response.useChunkedEncodingByDefault = false;
    response.writeHead(code, { ...headers, ...length, connection: 'close' });
    response.write(body.subarray(0, Math.min(bytes, body.length)), () => response.socket?.destroySoon());
  },
});

/** Every byte on its own, so that each border of a chunk is somewhere inside something. */
export const dripping = (on: Route, pieceBytes: number, pauseMs: number): Mischief => ({
  on,
  times: 1,
  async act({ answer, response }) {
    const { status: code, headers, body } = await answer();
    response.writeHead(code, headers);
    for (let at = 0; at < body.length; at += pieceBytes) {
      response.write(body.subarray(at, at + pieceBytes));
      if (pauseMs > 0) await delay(pauseMs);
      else await new Promise(setImmediate);
    }
    response.end();
  },
});

export const redirected = (on: Route, to: string, times?: number): Mischief => ({
  on,
  ...(times !== undefined && { times }),
  async act(exchange) {
    await exchange.body();
    exchange.send({ status: 307, headers: { location: to }, body: Buffer.alloc(0) });
  },
});

/** The server's clock is wrong by so much: in its header and in what it says of its batches. */
export function clockOff(ms: number): Mischief[] {
  const shift = (text: string) => new Date(Date.parse(text) + ms).toISOString();
  const change = ({ status: code, headers, body }: Answer): Answer => ({
    status: code,
    headers: { ...headers, date: new Date(Date.now() + ms).toUTCString() },
    body: Buffer.from(
      body.toString('utf8').replace(/"((?:created|expires|ended)_at)":"([^"]+)"/g, (_, name, at) => {
        return `"${name}":"${shift(at)}"`;
      }),
    ),
  });
  return [changed('list', change), changed('retrieve', change)];
}

/** The API did its work, and what comes back is not HTTP as one expects it. */
export const rawAnswer = (on: Route, text: string): Mischief => ({
  on,
  times: 1,
  async act({ answer, request }) {
    await answer();
    request.socket.end(text);
  },
});

export const compressed = (on: Route, encoding: string, compress: (body: Buffer) => Buffer): Mischief =>
  changed(on, (answer) => ({
    ...answer,
    headers: { ...answer.headers, 'content-encoding': encoding },
    body: compress(answer.body),
  }));

/** The API's answer with some of its fields changed. */
export const fields = (on: Route, change: (batch: Record<string, unknown>) => object, times?: number): Mischief =>
  changed(
    on,
    (answer) => ({ ...answer, body: Buffer.from(JSON.stringify(change(JSON.parse(answer.body.toString('utf8'))))) }),
    times,
  );
