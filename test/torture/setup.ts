import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { TestContext } from 'node:test';
import type { Sandbox, SandboxOptions } from '../../sandbox/server';
import { batch, type Ended, workplace } from '../cli/cli';
import { type Mischief, startWire, type Wire } from './wire';

/** `npm run torture` runs all of it, `npm test` a few of each kind. */
export const isLong = process.env.TORTURE === 'long';

/** Told with every test that uses it; `TORTURE_SEED` repeats a run. */
export const seed = Number(process.env.TORTURE_SEED ?? Math.floor(Math.random() * 2 ** 31));

/** Numbers in [0, 1), the same for the same seed: mulberry32. */
export function randomFrom(start: number): () => number {
  let state = start;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

export interface Place {
  readonly sandbox: Sandbox;
  readonly wire: Wire;
  readonly cwd: string;
  readonly env: Record<string, string>;
  readonly out: string;
  /** Ids in the results, as they stand there; null without results. */
  results(): string[] | null;
}

/** A folder with `tickets.jsonl`, a sandbox, and a wire between them that misbehaves. */
export async function placeWith(
  t: TestContext,
  mischiefs: readonly Mischief[],
  { requests = 5, ...options }: SandboxOptions & { requests?: number } = {},
): Promise<Place> {
  const { sandbox, cwd, env } = await workplace(t, options);
  writeFileSync(path.join(cwd, 'tickets.jsonl'), batch(requests));
  const wire = await startWire(t, sandbox, mischiefs);
  const out = path.join(cwd, 'out.jsonl');
  return {
    sandbox,
    wire,
    cwd,
    env: { ...env, ANTHROPIC_BASE_URL: wire.url },
    out,
    results: () => (existsSync(out) ? idsOf(readFileSync(out, 'utf8')) : null),
  };
}

export function idsOf(text: string): string[] {
  return text
    .trimEnd()
    .split('\n')
    .map((line) => String(JSON.parse(line).custom_id));
}

/** What the nightly job starts. */
export const NIGHTLY = ['run', 'tickets.jsonl', '-o', 'out.jsonl', '--settle', '1', '--poll-interval', '0.02'];

export const told = ({ code, stderr }: Ended): string => `exit ${code}\n${stderr}`;
