import assert from 'node:assert/strict';
import { readdirSync, readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { type TestContext, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { builtCli } from '../cli/cli';
import { answerLost } from './mischief';
import { isLong, NIGHTLY, type Place, placeWith, randomFrom, seed, told } from './setup';

const { run, start } = builtCli();

/** Started again until it has nothing more to do, as cron does it. */
async function nightly(place: Place) {
  const ended = await run(NIGHTLY, place);
  assert.ok(place.sandbox.batches().length <= 1, `two were bought: ${told(ended)}`);
  assert.ok(ended.code === 0 || ended.code === 4, told(ended));
  if (ended.code === 0) assert.equal(new Set(place.results()).size, 40);
  else assert.equal(place.results(), null);
  return ended;
}

const KILLS = isLong ? 50 : 6;

test(`killed at any moment and started again, at most one batch and all of its results (seed ${seed})`, async (t) => {
  t.diagnostic(`seed ${seed}`);
  const random = randomFrom(seed);
  const wholeMs = await lasts(t);
  for (let i = 0; i < KILLS; i++) {
    const place = await placeWith(t, random() < 0.3 ? [answerLost()] : [], { requests: 40, processingMs: 100 });
    const kills = 1 + Math.floor(random() * 2);
    for (let kill = 0; kill < kills; kill++) {
      const started = start(NIGHTLY, place);
      await delay(random() * wholeMs * 1.1);
      started.process.kill('SIGKILL');
      await started.ended;
    }
    await nightly(place);
  }
});

async function lasts(t: TestContext, more: readonly string[] = []): Promise<number> {
  const place = await placeWith(t, [], { requests: 40, processingMs: 100 });
  const begun = performance.now();
  const ended = await run([...NIGHTLY, ...more], place);
  assert.equal(ended.code, 0, told(ended));
  return performance.now() - begun;
}

test(`a run of several batches is killed at any moment and started again: no request is sent twice (seed ${seed})`, async (t) => {
  const random = randomFrom(seed + 1);
  const split = ['--split-at', '15'];
  const wholeMs = await lasts(t, split);
  for (let i = 0; i < KILLS; i++) {
    const place = await placeWith(t, [], { requests: 40, processingMs: 100 });
    for (let kill = 0; kill < 2; kill++) {
      const started = start([...NIGHTLY, ...split], place);
      await delay(random() * wholeMs * 1.1);
      started.process.kill('SIGKILL');
      await started.ended;
    }
    const ended = await run([...NIGHTLY, ...split], place);
    assert.ok(ended.code === 0 || ended.code === 4, told(ended));
    const sizes = place.sandbox.batches().map(({ request_counts }) => sum(Object.values(request_counts)));
    assert.ok(sum(sizes) <= 40, `some were bought twice: ${told(ended)}`);
    if (ended.code === 4) continue;
    assert.deepEqual(sizes.sort(), [10, 15, 15]);
    assert.deepEqual([place.results()?.length, new Set(place.results()).size], [40, 40]);
  }
});

const sum = (numbers: readonly number[]): number => numbers.reduce((all, number) => all + number, 0);

/** The journal's only file, wherever it lies. */
function journalOf({ cwd }: Place): string {
  const folders = ['open', 'closed'].map((folder) => path.join(cwd, 'state', folder));
  const files = folders.flatMap((folder) => readdirSync(folder).map((name) => path.join(folder, name)));
  assert.equal(files.length, 1);
  return files[0] ?? '';
}

/** Every so many bytes of the last record. */
const STEP = isLong ? 1 : 97;

for (const [what, until] of Object.entries({
  'the batch was made': 'POST',
  'it was asked for': 'GET',
} as const)) {
  test(`the journal cut off at a byte of its last record, after ${what}`, async (t) => {
    const place = await placeWith(t, [], { requests: 40, processingMs: 300 });
    const started = start(NIGHTLY, place);
    while (!place.sandbox.requests.some(({ method, status }) => method === until && status !== null)) await delay(1);
    started.process.kill('SIGKILL');
    await started.ended;
    const file = journalOf(place);
    const whole = readFileSync(file);
    const last = whole.lastIndexOf('\n', whole.length - 2) + 1;
    for (let length = last; length < whole.length; length += STEP) {
      writeFileSync(file, whole);
      truncateSync(file, length);
      const told = await run(['status', '--format', 'json'], {
        ...place,
        env: { ...place.env, ANTHROPIC_API_KEY: '' },
      });
      assert.equal(told.code, 0, told.stderr);
      assert.equal(statSync(file).isFile(), true, 'the file is never dropped');
    }
    const ended = await nightly(place);
    assert.equal(ended.code, 0, told(ended));
  });
}
