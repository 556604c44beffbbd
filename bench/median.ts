/** The median of `rounds` measurements of each, taken in turn so that a busy machine meets both alike; milliseconds. */
export async function interleaved(
  rounds: number,
  ours: () => Promise<void> | void,
  yardstick: () => Promise<void> | void,
): Promise<{ ours: number; yardstick: number }> {
  const times: { ours: number[]; yardstick: number[] } = { ours: [], yardstick: [] };
  for (let round = 0; round < rounds; round++) {
    times.yardstick.push(await timed(yardstick));
    times.ours.push(await timed(ours));
  }
  return { ours: median(times.ours), yardstick: median(times.yardstick) };
}

/** Milliseconds that `work` takes. */
export async function timed(work: () => unknown): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

export function median(values: readonly number[]): number {
  return percentile(values, 0.5);
}

/** `share` from 0 to 1: below so much of the values it lies. */
export function percentile(values: readonly number[], share: number): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length * share)] ?? Number.NaN;
}
