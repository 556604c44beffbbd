import assert from 'node:assert/strict';
import { readdir, readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { test } from 'node:test';
import { fetchRun } from '../../runs/fetch-results';
import { apiOf, MODELS, manyIds, newWorld } from '../runs/setup';
import { cutAt } from './mischief';
import { isLong, randomFrom, seed } from './setup';
import { startWire } from './wire';

const WAYS = ['announced', 'chunked', 'unannounced'] as const;
/** About 5 MB, cut at every 997th byte; else a tenth of it, at some. */
const ROWS = isLong ? 12_500 : 1_250;
const STEP = isLong ? 997 : 49_999;

test(`results that are cut at any byte are never taken for the whole (seed ${seed})`, {
  timeout: 4 * 3_600_000,
}, async (t) => {
  const random = randomFrom(seed);
  const world = await newWorld(t);
  const run = await world.ended(manyIds(ROWS));
  const whole = Buffer.from(
    await (
      await fetch(`${world.sandbox.url}/v1/messages/batches/${run.batch?.id}/results`, {
        headers: { 'x-api-key': world.sandbox.token, 'anthropic-version': '2026-10-21' },
      })
    ).arrayBuffer(),
  );
  t.diagnostic(`seed ${seed}, ${whole.length} bytes`);
  const mischiefs = [cutAt('results', 0, 'announced')];
  // They are the same every time: the sandbox need not write them again for each cut.
  const answer = async () => ({ status: 200, headers: {}, body: whole });
  const wire = await startWire(t, world.sandbox, mischiefs, { results: answer });
  const api = apiOf(wire.url, world.sandbox.token);
  for (let at = 0; at < whole.length; at += STEP) {
    const how = WAYS[Math.floor(random() * WAYS.length)] ?? 'announced';
    mischiefs[0] = cutAt('results', at + (random() < 0.5 ? 0 : 1), how);
    const done = await fetchRun(run, { api, journal: world.journal, models: MODELS });
    assert.deepEqual([done?.state, done?.outcome?.succeeded], ['fetched', ROWS], `cut at ${at}, ${how}`);
    assert.deepEqual(await readFile(done?.resultsPath ?? ''), whole, `cut at ${at}, ${how}`);
    await rm(done?.resultsPath ?? '');
    await world.journal.update(run.id, { state: 'ended', outcome: null });
    const left = (await readdir(path.dirname(run.source))).filter((name) => name.endsWith('.part'));
    assert.deepEqual(left, []);
  }
});
