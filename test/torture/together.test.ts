import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import type { BatchesApi } from '../../runs/batches-api';
import { cancelRun } from '../../runs/cancel';
import { openJournal } from '../../runs/journal';
import { watchRuns } from '../../runs/poller';
import type { Run } from '../../runs/run';
import { isRunError } from '../../runs/run-error';
import { batch, builtCli, workplace } from '../cli/cli';
import { apiOf, MODELS } from '../runs/setup';
import { isLong, randomFrom, seed } from './setup';

const { run: command } = builtCli();

const SECONDS = isLong ? 60 : 3;
const POLL_MS = 400;

test(`two windows and a terminal on one journal, at random (seed ${seed})`, { timeout: 300_000 }, async (t) => {
  t.diagnostic(`seed ${seed}`);
  const random = randomFrom(seed);
  const { sandbox, cwd, env } = await workplace(t, { processingMs: 1_500, cancelMs: 200, retryAfterSeconds: null });
  const stateDir = env.MESSAGE_BATCHES_STATE_DIR ?? '';
  const broken: string[] = [];
  const polls = new Polls();
  const api = polls.counted(apiOf(sandbox.url, sandbox.token));
  const windows = await Promise.all(
    [1, 2].map(async () => {
      const journal = await openJournal(stateDir, (file) => broken.push(file));
      const options = { journal, apiFor: async () => api, modelsFor: async () => MODELS, pollIntervalMs: POLL_MS };
      return { journal, watch: watchRuns(options) };
    }),
  );
  const made: string[] = [];
  const pickRun = async (): Promise<Run | undefined> => {
    const runs = (await windows[0]?.journal.list()) ?? [];
    return runs[Math.floor(random() * runs.length)];
  };
  const operations = [
    async () => {
      const name = `file-${made.length}.jsonl`;
      made.push(name);
      writeFileSync(path.join(cwd, name), batch(2 + made.length));
      const ended = await command(['submit', name], { cwd, env });
      assert.equal(ended.code, 0, ended.stderr);
    },
    async () => {
      const run = await pickRun();
      if (!run) return;
      const [window] = random() < 0.5 ? windows : [...windows].reverse();
      await cancelRun(run, api, window!.journal).catch((error: Error) => {
        assert.ok(isRunError(error) || /has no batch to cancel/.test(error.message), error.stack);
      });
    },
    async () => windows[random() < 0.5 ? 0 : 1]?.watch.refresh(),
    async () => assert.equal((await command(['status'], { cwd, env: { ...env, ANTHROPIC_API_KEY: '' } })).code, 0),
  ];
  const end = Date.now() + SECONDS * 1000;
  while (Date.now() < end) await operations[Math.floor(random() * operations.length)]?.();
  const lists = async () => (await windows[1]?.journal.list()) ?? [];
  while ((await lists()).some(({ state }) => state !== 'fetched')) await delay(100);
  for (const { watch } of windows) await watch.close();
  assert.deepEqual(broken, []);
  const runs = await lists();
  assert.equal(runs.length, made.length, 'no record is lost');
  assert.equal(sandbox.batches().length, made.length);
  assert.ok(runs.every(({ outcome, requests }) => outcome && outcome.succeeded + outcome.canceled === requests));
  for (const { batch: made } of runs) {
    const results = `/v1/messages/batches/${made?.id}/results`;
    assert.equal(sandbox.requests.filter(({ path: at }) => at === results).length, 1, 'fetched once');
  }
  assert.ok(polls.asked >= made.length);
  assert.equal(polls.doubled, 0, 'nobody asks for a batch while another does');
});

/** Counts the questions for a batch that were asked while the same was being asked. */
class Polls {
  asked = 0;
  doubled = 0;
  readonly #open = new Set<string>();

  counted(api: BatchesApi): BatchesApi {
    const retrieve: BatchesApi['retrieve'] = async (id, ...rest) => {
      this.asked++;
      if (this.#open.has(id)) this.doubled++;
      this.#open.add(id);
      try {
        return await api.retrieve(id, ...rest);
      } finally {
        this.#open.delete(id);
      }
    };
    return { ...api, retrieve };
  }
}
