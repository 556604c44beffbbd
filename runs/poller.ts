import { systemClock } from './clock';
import { type FollowOptions, follow } from './follow';
import { PollTurns } from './poll-turns';
import type { Run, RunState } from './run';
import { canceled, isRunError } from './run-error';
import { isOpen } from './run-words';

/**
 * Follows one run until nothing is to be done for it by itself any more (results on disk, archived, not sent), or a person
 * must decide whether it was sent, and returns it. Throws `RunError` `canceled`, `auth` or `permission` when the key is
 * refused or there is none, `not-found` when the batch is not visible to it, and `disk`.
 */
export async function followRun(id: string, options: FollowOptions, signal?: AbortSignal): Promise<Run> {
  const clock = options.clock ?? systemClock;
  const stopping = new AbortController();
  const until = signal ? AbortSignal.any([signal, stopping.signal]) : stopping.signal;
  const turns = new PollTurns(options.journal);
  const followers = { turns, resting: new Map(), sleep: (ms: number) => clock.sleep(ms, until) };
  const parts = (await options.journal.get(id))?.parts ?? [];
  const run = follow(id, options, followers, until);
  const others = parts.map((part) => follow(part.id, options, followers, until));
  try {
    // The run ends when its batches have, and what one of them cannot get over it cannot either.
    return await Promise.race([run, Promise.all(others).then(() => run)]);
  } finally {
    stopping.abort();
    await Promise.allSettled([run, ...others]);
  }
}

export interface RunWatch {
  /** Asks now, also for runs that could not be reached: a key was set, a sandbox started, a batch canceled. */
  refresh(): void;
  /** Ends all waiting and calling; resolves when nothing of it goes on any more. */
  close(): Promise<void>;
}

/** Follows every open run of the journal, also those that come later or from other processes. Asks nothing while there is none. */
export function watchRuns(options: FollowOptions): RunWatch {
  const closing = new AbortController();
  const naps = new Naps(options, closing.signal);
  const followers = {
    turns: new PollTurns(options.journal),
    resting: new Map(),
    sleep: (ms: number) => naps.sleep(ms),
  };
  const following = new Map<string, Promise<void>>();
  /** What is still open and waits for a person, in the state in which it was left. */
  const paused = new Map<string, RunState | undefined>();

  const refreshes = { count: 0 };

  async function start(run: Run): Promise<void> {
    const begun = refreshes.count;
    try {
      await follow(run.id, options, followers, closing.signal);
    } catch (error) {
      if (!isRunError(error)) throw error;
      if (error.kind !== 'canceled') options.onTrouble?.(run, error);
    } finally {
      const left = await options.journal.get(run.id).catch(() => undefined);
      following.delete(run.id);
      // A refresh that came meanwhile found it being followed still.
      if (refreshes.count === begun) paused.set(run.id, left?.state);
      else void look();
    }
  }

  async function look(): Promise<void> {
    const runs = await options.journal.listOpen();
    if (closing.signal.aborted) return;
    for (const run of runs.flatMap((each) => [each, ...(each.parts ?? [])]).filter(isOpen)) {
      if (!following.has(run.id) && paused.get(run.id) !== run.state) following.set(run.id, start(run));
    }
  }

  const watcher = options.journal.watch(() => void look());
  const looking = look();
  return {
    refresh() {
      refreshes.count++;
      paused.clear();
      naps.wake();
      void look();
    },
    async close() {
      closing.abort();
      watcher.close();
      await looking;
      await Promise.all(following.values());
    },
  };
}

/** Sleepers that can be woken all at once. */
class Naps {
  readonly #napping = new Set<AbortController>();

  constructor(
    readonly options: FollowOptions,
    readonly signal: AbortSignal,
  ) {
    signal.addEventListener('abort', () => this.wake(), { once: true });
  }

  /** Throws `RunError` `canceled` when the signal is aborted. */
  async sleep(ms: number): Promise<void> {
    const nap = new AbortController();
    this.#napping.add(nap);
    const clock = this.options.clock ?? systemClock;
    if (!this.signal.aborted) await clock.sleep(ms, nap.signal).catch(() => {});
    this.#napping.delete(nap);
    if (this.signal.aborted) throw canceled();
  }

  wake(): void {
    for (const nap of this.#napping) nap.abort();
  }
}
