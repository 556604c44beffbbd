import assert from 'node:assert/strict';
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import type { Sandbox } from '../../sandbox/server';
import { batch, builtCli, line } from '../cli/cli';
import { answerLost, changed, cutAfterBody } from './mischief';
import { idsOf, NIGHTLY, type Place, placeWith, told } from './setup';
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

/** The same file, bought at the same time by two people of one workspace: each has a journal of their own. */
async function twoClients(place: Place) {
  const folders = ['mine', 'theirs'].map((name) => path.join(place.cwd, name));
  return Promise.all(
    folders.map(async (cwd) => {
      mkdirSync(cwd);
      copyFileSync(path.join(place.cwd, 'tickets.jsonl'), path.join(cwd, 'tickets.jsonl'));
      const env = { ...place.env, MESSAGE_BATCHES_STATE_DIR: path.join(cwd, 'state') };
      const ended = await run(NIGHTLY, { cwd, env });
      const out = path.join(cwd, 'out.jsonl');
      return { ...ended, results: existsSync(out) ? idsOf(readFileSync(out, 'utf8')).length : null };
    }),
  );
}

test('two clients with the same ids in the same minute, and one create never arrives: nothing is sent again', async (t) => {
  const place = await placeWith(t, [cutAfterBody()]);
  const ends = await twoClients(place);
  assert.equal(place.sandbox.batches().length, 1, ends.map(told).join('\n'));
  for (const end of ends) assert.ok(end.code === 4 || (end.code === 0 && end.results === 5), told(end));
  assert.ok(ends.some(({ code }) => code === 0));
});

test('two clients with the same ids in the same minute, and one answer is lost: nothing is sent again', async (t) => {
  const place = await placeWith(t, [answerLost()]);
  const ends = await twoClients(place);
  assert.equal(place.sandbox.batches().length, 2, ends.map(told).join('\n'));
  for (const end of ends) assert.ok(end.code === 4 || (end.code === 0 && end.results === 5), told(end));
});

test('a list that stays empty: undecided, and the next start finds the batch', async (t) => {
  const mischiefs = [answerLost(), changed('list', (answer) => ({ ...answer, body: Buffer.from('{"data":[]}') }))];
  const place = await placeWith(t, mischiefs);
  const first = await run(NIGHTLY, place);
  assert.equal(first.code, 4, told(first));
  assert.match(first.stderr, /No batch of this submission is to be seen\..*--adopt ID.*--resend/);
  mischiefs.pop();
  const second = await run(NIGHTLY, place);
  assert.equal(second.code, 0, told(second));
  assert.equal(place.sandbox.batches().length, 1);
  assert.equal(place.results()?.length, 5);
});

test('a batch that turned out to be of others is not adopted again', async (t) => {
  const mischiefs: Mischief[] = [];
  const place = await placeWith(t, mischiefs);
  mischiefs.push(lostWhile(() => colleague(place.sandbox, strangers['other ids'])));
  assert.equal((await run(NIGHTLY, place)).code, 4);
  const [theirs] = place.sandbox.batches();
  const named = await run([...NIGHTLY, '--adopt', theirs?.id ?? ''], place);
  assert.equal(named.code, 4, told(named));
  assert.match(named.stderr, /were not those of this submission/);
  assert.equal(place.sandbox.batches().length, 1);
});

test('whoever names a batch wants nothing sent', async (t) => {
  const place = await placeWith(t, []);
  const named = await run([...NIGHTLY, '--adopt', 'msgbatch_none'], place);
  assert.equal(named.code, 2, told(named));
  assert.equal(named.last, 'Nothing was sent.');
  assert.equal(place.sandbox.batches().length, 0);
});
