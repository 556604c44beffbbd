import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { type TestContext, test } from 'node:test';
import { builtCli } from '../cli/cli';
import { dripping, fields, redirected } from './mischief';
import { NIGHTLY, placeWith, told } from './setup';
import type { Mischief } from './wire';

const { run } = builtCli();

/** Somebody else's server, which notes who comes. */
async function stranger(t: TestContext) {
  const visits: http.IncomingHttpHeaders[] = [];
  const server = http.createServer(({ headers }, response) => {
    visits.push(headers);
    response.end('{}');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.after(() => server.close());
  return { visits, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

test('a results_url on another host is never asked', async (t) => {
  const { visits, url } = await stranger(t);
  const elsewhere = (batch: object) => ({ ...batch, results_url: `${url}/results` });
  const place = await placeWith(t, [fields('create', elsewhere), fields('retrieve', elsewhere)]);
  const ended = await run(NIGHTLY, place);
  assert.equal(ended.code, 0, told(ended));
  assert.deepEqual([visits, place.sandbox.batches().length, place.results()?.length], [[], 1, 5]);
});

for (const on of ['create', 'list', 'retrieve', 'results'] as const) {
  test(`a redirect to another host is never followed: ${on}`, async (t) => {
    const { visits, url } = await stranger(t);
    const ended = await run(NIGHTLY, await placeWith(t, [redirected(on, url)]));
    assert.ok(on === 'list' ? ended.code === 0 : ended.code === 2, told(ended));
    assert.deepEqual(visits, []);
  });
}

test('characters of several bytes arrive as they are, wherever a chunk ends', async (t) => {
  const words = '"é 🙂 漢字 \\u00e9"';
  const mischiefs: Mischief[] = [];
  const place = await placeWith(t, mischiefs);
  const { act } = dripping('results', 1, 0);
  const sent: Buffer[] = [];
  mischiefs.push({
    on: 'results',
    async act(exchange) {
      const answer = await exchange.answer();
      const body = Buffer.from(answer.body.toString('utf8').replaceAll(/"text":"[^"]*"/g, `"text":${words}`));
      sent.push(body);
      await act({ ...exchange, answer: async () => ({ ...answer, body }) });
    },
  });
  const ended = await run(NIGHTLY, place);
  assert.equal(ended.code, 0, told(ended));
  assert.deepEqual(readFileSync(place.out), sent[0]);
  assert.ok(sent[0]?.includes(Buffer.from('🙂')));
});
