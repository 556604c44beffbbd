import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type TestContext, test } from 'node:test';
import { bundledModels, type Model } from '../../batch/cost/models';
import type { Json } from '../../batch/json';
import { overlaid, overlayOf } from '../../batch/models-overlay';
import { createBatchesApi } from '../../runs/batches-api';
import { RunError, type RunErrorKind } from '../../runs/run-error';
import { apiOf, newWorld } from './setup';

const KEY = 'sk-test-0123456789-x4f2';

/** A server that answers everything in one way; returns its address and what it was asked. */
async function serve(t: TestContext, status: number, headers: Record<string, string>, body: string) {
  const asked: { url: string | undefined; headers: NodeJS.Dict<string | string[]> }[] = [];
  const server = createServer((request, response) => {
    asked.push({ url: request.url, headers: request.headers });
    response.writeHead(status, headers).end(body);
  }).listen(0, '127.0.0.1');
  t.after(() => server.close());
  await new Promise((resolve) => server.once('listening', resolve));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked };
}

const errorBody = (type: string, message: string) =>
  JSON.stringify({ type: 'error', error: { type, message }, request_id: 'req_1' });

test('a call carries what it was told to, and nothing of the environment', async (t) => {
  const { url, asked } = await serve(t, 200, { 'content-type': 'application/json' }, '{"data":[],"has_more":false}');
  const before = { ...process.env };
  t.after(() => {
    process.env = before;
  });
  Object.assign(process.env, {
    ANTHROPIC_CUSTOM_HEADERS: 'anthropic-workspace-id: other\nx-spy: 1',
    ANTHROPIC_AUTH_TOKEN: 'another',
    ANTHROPIC_BASE_URL: 'http://127.0.0.1:1',
  });
  const api = createBatchesApi({ baseUrl: url, auth: { apiKey: KEY }, apiVersion: '2023-06-01', betas: ['a', 'b'] });
  assert.deepEqual((await api.list()).batches, []);
  const { headers } = asked[0]!;
  assert.equal(headers.authorization, `Bearer ${KEY}`);
  assert.equal(headers['anthropic-version'], '2023-06-01');
  assert.equal(headers['anthropic-beta'], 'a,b');
  assert.deepEqual(Object.keys(headers).sort(), [
    'accept',
    'anthropic-beta',
    'anthropic-version',
    'authorization',
    'connection',
    'host',
    'user-agent',
  ]);
});

const answers: readonly [status: number, type: string, kind: RunErrorKind, sentence: RegExp][] = [
  [400, 'invalid_request_error', 'invalid', /refused what was sent: why/],
  [401, 'authentication_error', 'auth', /^The API key …x4f2 was refused by 127\.0\.0\.1:\d+: use another one\.$/],
  [402, 'billing_error', 'billing', /billing: why/],
  [403, 'permission_error', 'permission', /not allowed/],
  [404, 'not_found_error', 'not-found', /does not have this/],
  [413, 'request_too_large', 'too-large', /too large/],
  [429, 'rate_limit_error', 'rate-limit', /fewer calls/],
  [500, 'api_error', 'server', /failed: why/],
  [529, 'overloaded_error', 'overloaded', /overloaded/],
];

for (const [status, type, kind, sentence] of answers) {
  test(`status ${status} is "${kind}", said in one sentence`, async (t) => {
    const headers = { 'content-type': 'application/json', 'request-id': 'req_1', 'retry-after': '7' };
    const { url, asked } = await serve(t, status, headers, errorBody(type, 'why'));
    await assert.rejects(apiOf(url, KEY).retrieve('msgbatch_1'), (error) => {
      assert.ok(error instanceof RunError);
      assert.deepEqual([error.kind, error.status, error.requestId, error.retryAfterMs], [kind, status, 'req_1', 7000]);
      assert.deepEqual(error.said, { type, message: 'why' });
      assert.match(error.message, sentence);
      assert.doesNotMatch(error.message, /0123456789/);
      return true;
    });
    assert.equal(asked.length, status === 401 ? 2 : 1, 'asked once, and a refused key in its other header once');
  });
}

test('a spend limit is a matter of billing, whatever its status', async (t) => {
  const message = 'You have reached your specified API usage limits. You will regain access on 2026-12-01.';
  const { url } = await serve(
    t,
    400,
    { 'content-type': 'application/json' },
    errorBody('invalid_request_error', message),
  );
  await assert.rejects(apiOf(url, KEY).models(), { kind: 'billing' });
});

test('a key is never sent on to where a redirect points', async (t) => {
  const elsewhere = await serve(t, 200, { 'content-type': 'application/json' }, '{}');
  const { url } = await serve(t, 307, { location: elsewhere.url }, '');
  await assert.rejects(apiOf(url, KEY).list(), {
    kind: 'server',
    message: new RegExp(`redirects to ${elsewhere.url}`),
  });
  assert.deepEqual(elsewhere.asked, []);
});

test('a page that is not the API is no batch', async (t) => {
  const { url } = await serve(t, 200, { 'content-type': 'text/html' }, '<html>Log in</html>');
  const api = apiOf(url, KEY);
  await assert.rejects(api.retrieve('msgbatch_1'), { kind: 'server', message: /is the base URL right/ });
  await assert.rejects(api.list(), { kind: 'server' });
  await assert.rejects(api.create({ bytes: 2, chunks: body('{}') }), { kind: 'server', status: null });
});

test('an address where nobody listens is a matter of the network', async (t) => {
  const { url } = await serve(t, 200, {}, '');
  const gone = url.replace(/\d+$/, '9');
  await assert.rejects(apiOf(gone, KEY).list(), {
    kind: 'network',
    message: /127\.0\.0\.1:9 could not be reached: nothing answers there\./,
  });
});

test('results come from the address that was given, whatever `results_url` says', async (t) => {
  const elsewhere = await serve(t, 200, {}, '');
  const world = await newWorld(t, { resultsOrigin: elsewhere.url });
  const run = await world.ended(['a', 'b']);
  const chunks: Uint8Array[] = [];
  for await (const chunk of (await world.api.results(run.batch?.id ?? '')).chunks) chunks.push(chunk);
  const lines = Buffer.concat(chunks).toString().trimEnd().split('\n');
  assert.deepEqual(lines.map((line) => JSON.parse(line).custom_id).sort(), ['a', 'b']);
  assert.deepEqual(elsewhere.asked, []);
});

test('a long list comes page by page', async (t) => {
  const world = await newWorld(t);
  for (const name of ['a', 'b', 'c']) await world.submit(await world.write([name]));
  const first = await world.api.list({ limit: 2 });
  const second = await world.api.list({ limit: 2, afterId: first.nextAfterId });
  assert.deepEqual([first.batches.length, second.batches.length, second.nextAfterId], [2, 1, null]);
  assert.deepEqual(
    [...first.batches, ...second.batches].map(({ id }) => id),
    world.sandbox.batches().map(({ id }) => id),
  );
});

test('cancel, delete and models', async (t) => {
  const world = await newWorld(t);
  const { run } = await world.submit(await world.write(['a']));
  const id = run.batch?.id ?? '';
  assert.equal((await world.api.cancel(id)).processing_status, 'canceling');
  await assert.rejects(world.api.delete(id), { kind: 'invalid' });
  await world.sandbox.end(id);
  await world.api.delete(id);
  await assert.rejects(world.api.retrieve(id), { kind: 'not-found' });
  assert.ok((await world.api.models()).length > 0);
});

test('what the Models API says of limits, effort, thinking and life comes over as the table has it', async (t) => {
  const world = await newWorld(t);
  const rows = await world.api.models();
  const after = overlaid(bundledModels, overlayOf(rows as unknown as readonly Json[], bundledModels, '2999-01-01'));
  assert.ok(rows.length > 0);
  for (const { id } of rows) {
    const [now, known] = [after.find(id), bundledModels.find(id)];
    const sorted = (thinking: Model['thinking'] = null) =>
      thinking && { ...thinking, accepts: [...thinking.accepts].sort() };
    assert.deepEqual({ ...now, thinking: sorted(now?.thinking) }, { ...known, thinking: sorted(known?.thinking) });
  }
});

async function* body(text: string) {
  yield Buffer.from(text);
}

test('an address or a key that can be none is said before anything is sent', () => {
  assert.throws(() => apiOf('api.anthropic.com', KEY), {
    kind: 'invalid',
    message: /"api\.anthropic\.com" is no address/,
  });
  assert.throws(() => apiOf('http://127.0.0.1:1', 'sk-…'), { kind: 'auth' });
  assert.throws(() => apiOf('http://127.0.0.1:1', ' '), { kind: 'auth' });
});
