import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { test } from 'node:test';
import type { Sandbox } from '../../sandbox/server';
import { batch, builtCli, line } from '../cli/cli';
import { answerLost } from './mischief';
import { NIGHTLY, placeWith, told } from './setup';
import type { Mischief } from './wire';

const { run } = builtCli();

/** A colleague of the same workspace submits a file of the same size. */
async function colleague(sandbox: Sandbox, text: string): Promise<void> {
  const requests = text
    .trimEnd()
    .split('\n')
    .map((each) => JSON.parse(each));
  const headers = { 'x-api-key': sandbox.token, 'anthropic-version': '2026-10-21' };
  await fetch(`${sandbox.url}/v1/messages/batches`, { method: 'POST', body: JSON.stringify({ requests }), headers });
}

/** Ours is lost before the API sees it, while a colleague's comes through. */
function lostWhile(submits: () => Promise<void>): Mischief {
  return {
    on: 'create',
    times: 1,
    async act(exchange) {
      await exchange.body();
      await submits();
      exchange.cut();
    },
  };
}

const strangers = {
  'other ids': batch(5).replaceAll('ticket-', 'order-'),
  'other models': batch(5).replaceAll('claude-haiku-5-5', 'claude-sonnet-5-5'),
};

for (const [what, text] of Object.entries(strangers)) {
  test(`a colleague's batch of the same size with ${what} is never given out as ours`, async (t) => {
    const mischiefs: Mischief[] = [];
    const place = await placeWith(t, mischiefs);
    mischiefs.push(lostWhile(() => colleague(place.sandbox, text)));
    const first = await run(NIGHTLY, place);
    assert.equal(first.code, 4, told(first));
    assert.equal(place.results(), null);
    assert.deepEqual(
      readdirSync(place.cwd).filter((name) => name.includes('unproven')),
      ['out.unproven.results.jsonl'],
    );
    assert.match(first.stderr, /is not that of this submission: .*; its results are kept as .*unproven/);
    const still = await run(NIGHTLY, place);
    assert.equal(still.code, 4, 'the same stranger is not taken for ours again');
    const resent = await run([...NIGHTLY, '--resend'], place);
    assert.equal(resent.code, 0, told(resent));
    assert.equal(place.results()?.length, 5);
    assert.equal(place.sandbox.batches().length, 2, 'one of each');
  });
}

test('of two batches that could be ours a person says which', async (t) => {
  const mischiefs: Mischief[] = [];
  const place = await placeWith(t, mischiefs);
  const twin = batch(5);
  mischiefs.push({
    on: 'create',
    times: 1,
    async act(exchange) {
      await colleague(place.sandbox, twin);
      await exchange.answer();
      exchange.cut();
    },
  });
  const first = await run(NIGHTLY, place);
  assert.equal(first.code, 4, told(first));
  const [ours] = place.sandbox.batches();
  assert.match(first.stderr, new RegExp(`Several batches could be that of this submission: .*${ours?.id}.*--adopt ID`));
  const adopted = await run([...NIGHTLY, '--adopt', ours?.id ?? ''], place);
  assert.equal(adopted.code, 0, told(adopted));
  assert.equal(place.sandbox.batches().length, 2);
});

test('a batch of another size is not ours, whatever is said', async (t) => {
  const place = await placeWith(t, [answerLost(), { on: 'list', act: (exchange) => exchange.cut() }]);
  await colleague(place.sandbox, `${line('alone')}\n`);
  const [theirs] = place.sandbox.batches();
  assert.equal((await run(NIGHTLY, place)).code, 4);
  const { code, stderr } = await run([...NIGHTLY, '--adopt', theirs?.id ?? ''], place);
  assert.equal(code, 4);
  assert.match(stderr, /has 1 requests?, and 5 were sent/);
});
