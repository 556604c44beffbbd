import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import http from 'node:http';
import https from 'node:https';
import { type AddressInfo, connect, type Server } from 'node:net';
import path from 'node:path';
import { type TestContext, test } from 'node:test';
import { builtCli } from '../cli/cli';
import { changed } from './mischief';
import { NIGHTLY, placeWith, told } from './setup';
import type { Mischief, Route } from './wire';

const { run } = builtCli();

const CERTIFICATES = path.resolve('test', 'torture', 'certificates');
const ROUTES: readonly Route[] = ['create', 'list', 'retrieve', 'results'];

async function listening(t: TestContext, server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.after(() => server.close());
  return (server.address() as AddressInfo).port;
}

/** `https://gateway.test` with a certificate of a CA of its own, to be reached through a proxy only. */
async function behindProxy(t: TestContext, url: string) {
  const key = readFileSync(path.join(CERTIFICATES, 'server.key.pem'));
  const cert = readFileSync(path.join(CERTIFICATES, 'server.pem'));
  const gateway = https.createServer({ key, cert }, (request, response) => {
    const { method, headers } = request;
    const asked = http.request(new URL(request.url ?? '/', url), { method, headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 0, answer.headers);
      answer.pipe(response);
    });
    request.pipe(asked);
  });
  t.after(() => gateway.closeAllConnections());
  const port = await listening(t, gateway);
  const connects: string[] = [];
  const proxy = http.createServer();
  proxy.on('connect', ({ url: to = '' }, socket, head) => {
    connects.push(to);
    const through = connect(port, '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 Connection Established\r\n\r\n');
      through.write(head);
      socket.pipe(through).pipe(socket);
    });
    for (const end of [socket, through]) end.on('error', () => {});
  });
  return { connects, proxy: `http://127.0.0.1:${await listening(t, proxy)}` };
}

test('a proxy and a certificate authority of its own: the terminal goes by what the environment says', async (t) => {
  const place = await placeWith(t, []);
  const { connects, proxy } = await behindProxy(t, place.wire.url);
  const env = { ...place.env, ANTHROPIC_BASE_URL: 'https://gateway.test', HTTPS_PROXY: proxy };
  const untrusted = await run(NIGHTLY, { ...place, env });
  assert.equal(untrusted.code, 2, told(untrusted));
  assert.match(untrusted.stderr, /its certificate is not trusted.*\nNothing was sent\.\n$/s);
  assert.equal(place.wire.seen.create, 0);
  const trusted = { ...env, NODE_EXTRA_CA_CERTS: path.join(CERTIFICATES, 'ca.pem') };
  const ended = await run(NIGHTLY, { ...place, env: trusted });
  assert.equal(ended.code, 0, told(ended));
  assert.equal(place.results()?.length, 5);
  assert.deepEqual(new Set(connects), new Set(['gateway.test:443']));
  const direct = await run([...NIGHTLY, '--again'], { ...place, env: { ...trusted, NO_PROXY: 'gateway.test' } });
  assert.equal(direct.code, 2, 'nothing of that name is reached without the proxy');
});

/** A gateway that takes the key in one header only. */
function keyOnlyIn(header: 'authorization' | 'x-api-key'): Mischief[] {
  return ROUTES.map((on) => ({
    on,
    async act(exchange) {
      if (exchange.request.headers[header]) return exchange.send(await exchange.answer());
      await exchange.body();
      const body = Buffer.from('{"type":"error","error":{"type":"authentication_error","message":"no key"}}');
      exchange.send({ status: 401, headers: { 'content-type': 'application/json' }, body });
    },
  }));
}

for (const header of ['authorization', 'x-api-key'] as const) {
  test(`a gateway that takes the key as ${header} only is found out once, and said`, async (t) => {
    const place = await placeWith(t, keyOnlyIn(header));
    const ended = await run(NIGHTLY, place);
    assert.equal(ended.code, 0, told(ended));
    assert.equal(place.sandbox.batches().length, 1);
    if (header === 'x-api-key') assert.match(ended.stderr, /takes the key as x-api-key: it is sent so from now on/);
    const set = await run([...NIGHTLY, '--again', '--key-header', header, '-o', 'set.jsonl'], place);
    assert.equal(set.code, 0, told(set));
    assert.doesNotMatch(set.stderr, /takes the key as/);
  });
}

test('a base path, and headers that a gateway wants', async (t) => {
  const seen: unknown[] = [];
  const place = await placeWith(t, []);
  const gateway = http.createServer((request, response) => {
    seen.push(request.headers.team);
    const { method, headers } = request;
    const to = new URL((request.url ?? '').replace(/^\/anthropic/, ''), place.wire.url);
    request.pipe(
      http.request(to, { method, headers }, (answer) => {
        response.writeHead(answer.statusCode ?? 0, answer.headers);
        answer.pipe(response);
      }),
    );
  });
  const env = { ...place.env, ANTHROPIC_BASE_URL: `http://127.0.0.1:${await listening(t, gateway)}/anthropic/` };
  const ended = await run([...NIGHTLY, '--header', 'team: support', '--header', 'authorization: mine'], {
    ...place,
    env,
  });
  assert.equal(ended.code, 0, told(ended));
  assert.deepEqual(new Set(seen), new Set(['support']));
  gateway.closeAllConnections();
});

test('a gateway without batches says so in its own way, and so do we', async (t) => {
  const page = changed('create', () => ({
    status: 404,
    headers: { 'content-type': 'text/html' },
    body: Buffer.from('<html>Not found</html>'),
  }));
  const place = await placeWith(t, [page]);
  const ended = await run(NIGHTLY, place);
  assert.equal(ended.code, 2, told(ended));
  assert.match(ended.stderr, /127\.0\.0\.1:\d+ does not offer Message Batches \(404, HTML\)\.\nNothing was sent\.\n$/);
});
