import assert from 'node:assert/strict';
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { test } from 'node:test';
import { type Attachment, attachBatch } from '../../runs/attach';
import { fetchRun } from '../../runs/fetch-results';
import { newsIn } from '../../runs/news';
import { standingOf } from '../../runs/standing';
import { checkOf, MODELS, newWorld, VERSION, type World } from './setup';

const BATCHES = '/v1/messages/batches';

/** A batch that another program submitted, and a file here that it may have been made of. */
async function foreign(world: World, sent: readonly string[], here: readonly string[]): Promise<Attachment> {
  const { run } = await world.submit(await world.write(sent, 'theirs.batch.jsonl'));
  await world.journal.remove(run.id);
  const source = await world.write(here);
  return {
    source,
    check: await checkOf(source),
    models: MODELS,
    answer: await world.api.retrieve(run.batch?.id ?? ''),
    api: world.api,
    sandbox: false,
    key: { name: 'test', tail: 'x4f2' },
    resultsPath: path.join(world.folder, 'tickets.20261120T2104Z.results.jsonl'),
    journal: world.journal,
  };
}

async function endAndFetch(world: World, attachment: Attachment) {
  const run = await attachBatch(attachment);
  await world.sandbox.end(run.batch?.id ?? '');
  const { batch } = await world.api.retrieve(run.batch?.id ?? '');
  const ended = await world.journal.update(run.id, { state: 'ended', batch });
  return fetchRun(ended, { api: world.api, journal: world.journal, models: MODELS });
}

test('a batch that was submitted elsewhere becomes the run of its file', async (t) => {
  const world = await newWorld(t);
  const attachment = await foreign(world, ['a', 'b'], ['a', 'b']);
  const run = await attachBatch(attachment);
  assert.equal(run.state, 'in_progress');
  assert.equal(run.adoption, 'unproven');
  assert.equal(run.startedAt, attachment.answer.batch.created_at);
  const { sha256 } = attachment.check;
  const wanted = { source: run.source, sha256: sha256 ?? '', baseUrl: run.baseUrl, apiVersion: VERSION, betas: [] };
  assert.equal((await standingOf(wanted, world.journal)).kind, 'unfinished');
  await world.sandbox.end(run.batch?.id ?? '');
  const { batch } = await world.api.retrieve(run.batch?.id ?? '');
  const ended = await world.journal.update(run.id, { state: 'ended', batch });
  const fetched = await fetchRun(ended, { api: world.api, journal: world.journal, models: MODELS });
  assert.equal(fetched?.state, 'fetched');
  assert.equal(fetched?.adoption, 'proven');
  assert.equal(fetched?.outcome?.succeeded, 2);
  assert.equal(world.arrived('POST', BATCHES), 1);
});

test('other ids are found out by the results, which never get the name of the file', async (t) => {
  const world = await newWorld(t);
  const fetched = await endAndFetch(world, await foreign(world, ['a', 'x'], ['a', 'b']));
  assert.equal(fetched?.state, 'not-sent');
  assert.equal(fetched?.batch, null);
  assert.match(fetched?.problem?.message ?? '', /is not made of tickets\.batch\.jsonl: 2 rows of it do not fit/);
  const names = (await readdir(world.folder)).filter((name) => name.endsWith('.results.jsonl'));
  assert.deepEqual(names, ['tickets.20261120T2104Z.unproven.results.jsonl']);
  assert.deepEqual(await newsIn(world.journal.stateDir, 'untold'), [fetched?.id]);
});

test('another number of requests is refused at once, and so is the batch of another run', async (t) => {
  const world = await newWorld(t);
  const attachment = await foreign(world, ['a', 'b', 'c'], ['a', 'b']);
  await assert.rejects(attachBatch(attachment), /The batch has 3 requests and tickets\.batch\.jsonl has 2/);
  assert.deepEqual(await world.journal.list(), []);
  const { run } = await world.submit(await world.write(['p', 'q'], 'own.batch.jsonl'));
  const answer = await world.api.retrieve(run.batch?.id ?? '');
  await assert.rejects(attachBatch({ ...attachment, answer }), /is that of the run/);
});

test('a batch whose results are gone cannot be attached', async (t) => {
  const world = await newWorld(t);
  const attachment = await foreign(world, ['a'], ['a']);
  await world.sandbox.end(attachment.answer.batch.id);
  world.sandbox.archive(attachment.answer.batch.id);
  const answer = await world.api.retrieve(attachment.answer.batch.id);
  await assert.rejects(attachBatch({ ...attachment, answer }), /were archived at/);
});
