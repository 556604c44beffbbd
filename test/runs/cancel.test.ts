import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cancelRun } from '../../runs/cancel';
import { fetchRun } from '../../runs/fetch-results';
import { MODELS, newWorld } from './setup';

test('a batch in progress is canceled', async (t) => {
  const world = await newWorld(t);
  const { run } = await world.submit(await world.write(['a', 'b']));
  assert.equal((await cancelRun(run, world.api, world.journal)).state, 'canceling');
});

test('a run whose results came meanwhile stays fetched', async (t) => {
  const world = await newWorld(t);
  const ended = await world.ended(['a', 'b']);
  await fetchRun(ended, { api: world.api, journal: world.journal, models: MODELS });
  const now = await cancelRun({ ...ended, state: 'in_progress' }, world.api, world.journal);
  assert.deepEqual([now.state, await world.journal.listOpen()], ['fetched', []]);
});

test('a run that is not under way is not canceled, and the API not asked', async (t) => {
  const world = await newWorld(t);
  const ended = await world.ended(['a']);
  await assert.rejects(cancelRun(ended, world.api, world.journal), /no batch to cancel: it is ended/);
  assert.equal(world.arrived('POST', `/v1/messages/batches/${ended.batch?.id}/cancel`), 0);
});
