import type { Journal } from './journal';
import type { Lock } from './lock';
import type { Run } from './run';

/**
 * Of all programs on this machine one asks an API with a key; the others read in the journal what it learned. The turn is
 * kept while a run of that API and key is followed here.
 */
export class PollTurns {
  readonly #held = new Map<string, { readonly lock: Promise<Lock | null>; readonly runs: Set<string> }>();

  constructor(private readonly journal: Journal) {}

  /** Whether it is for this process to ask for a run. */
  async take(run: Run): Promise<boolean> {
    const name = turnOf(run);
    const turn = this.#held.get(name) ?? { lock: this.journal.lock(name), runs: new Set() };
    this.#held.set(name, turn);
    turn.runs.add(run.id);
    const isMine = (await turn.lock.catch(() => null)) !== null;
    if (!isMine && this.#held.get(name) === turn) this.#held.delete(name);
    return isMine;
  }

  /** A run is not followed here any more, or not for now. */
  async leave(id: string): Promise<void> {
    for (const [name, turn] of this.#held) {
      if (!turn.runs.delete(id) || turn.runs.size > 0) continue;
      this.#held.delete(name);
      await (await turn.lock)?.release();
    }
  }
}

/** `poll-api.anthropic.com-x4f2` */
function turnOf({ baseUrl, key }: Run): string {
  const { host } = new URL(baseUrl);
  return `poll-${host}-${key.tail || key.name}`.replace(/[^\w.-]/g, '_');
}
