import assert from 'node:assert/strict';
import { access } from 'node:fs/promises';
import path from 'node:path';
import { test } from 'node:test';
import { addNews, isFirstToWarn, NEWS, newsIn, takeNews } from '../../runs/news';
import { hasOpenRuns, hasWork } from '../../runs/pending';
import { newWorld } from './setup';

test('the end of a run is news once, whoever brought its results', async (t) => {
  const world = await newWorld(t);
  const { stateDir } = world.journal;
  const run = await world.ended(['a', 'b']);
  assert.deepEqual(await newsIn(stateDir, 'untold'), []);
  await world.journal.update(run.id, { state: 'fetched' });
  for (const news of NEWS) assert.deepEqual(await newsIn(stateDir, news), [run.id]);
  const takers = await Promise.all(Array.from({ length: 8 }, () => takeNews(stateDir, 'untold', run.id)));
  assert.equal(takers.filter(Boolean).length, 1);
  assert.deepEqual(await newsIn(stateDir, 'unseen'), [run.id]);
  // Fetched once more, it has not ended once more.
  await world.journal.update(run.id, { state: 'fetched' });
  assert.deepEqual(await newsIn(stateDir, 'untold'), []);
});

test('who finds a run closed finds its news', async (t) => {
  const world = await newWorld(t);
  const { journal } = world;
  const run = await world.ended(['a']);
  const seen = new Promise<string[]>((resolve) => {
    const watching = journal.watch(async () => {
      if ((await journal.listOpen()).length > 0) return;
      watching.close();
      resolve(await newsIn(journal.stateDir, 'untold'));
    });
  });
  await journal.update(run.id, { state: 'lost' });
  assert.deepEqual(await seen, [run.id]);
});

test('a refused submission is no news: who sent it was told', async (t) => {
  const world = await newWorld(t);
  const run = await world.ended(['a']);
  await world.journal.update(run.id, { state: 'uncertain' });
  await world.journal.update(run.id, { state: 'not-sent' });
  assert.deepEqual(await newsIn(world.journal.stateDir, 'untold'), []);
});

test('an editor has work while something runs, or an end was not told or looked at', async (t) => {
  const world = await newWorld(t);
  const { stateDir } = world.journal;
  assert.equal(await hasWork(path.join(world.folder, 'nowhere')), false);
  assert.equal(await hasWork(stateDir), false);
  const run = await world.ended(['a']);
  assert.equal(await hasWork(stateDir), true);
  await world.journal.update(run.id, { state: 'fetched' });
  assert.equal(await hasOpenRuns(stateDir), false);
  assert.equal(await hasWork(stateDir), true);
  await takeNews(stateDir, 'untold', run.id);
  assert.equal(await hasWork(stateDir), true);
  await takeNews(stateDir, 'unseen', run.id);
  assert.equal(await hasWork(stateDir), false);
});

test('what is forgotten leaves no news, and what nobody reads is bounded', async (t) => {
  const world = await newWorld(t);
  const { stateDir } = world.journal;
  const run = await world.ended(['a']);
  await world.journal.update(run.id, { state: 'fetched' });
  assert.equal(await isFirstToWarn(stateDir, run.id), true);
  assert.equal(await isFirstToWarn(stateDir, run.id), false);
  await world.journal.remove(run.id);
  for (const news of NEWS) assert.deepEqual(await newsIn(stateDir, news), []);
  await assert.rejects(access(path.join(stateDir, 'warned', run.id)));
  for (let n = 1000; n < 1510; n++) await addNews(stateDir, `run-${n}`);
  const kept = await newsIn(stateDir, 'untold');
  assert.equal(kept.length, 500);
  assert.equal(kept.at(-1), 'run-1509');
});
