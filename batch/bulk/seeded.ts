import { fnv1a } from '../context';

/** Numbers from 0 to 1, the same for the same seed (mulberry32). */
export function seeded(seed: string): () => number {
  let state = Number.parseInt(fnv1a(seed).slice(0, 8), 16) | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/** The numbers 0 … `count`-1 in an order that the seed decides (Fisher and Yates). */
export function shuffledNumbers(count: number, seed: string): Uint32Array {
  const random = seeded(seed);
  const numbers = Uint32Array.from({ length: count }, (_, i) => i);
  for (let i = count - 1; i > 0; i--) {
    const other = Math.floor(random() * (i + 1));
    const moved = numbers[i]!;
    numbers[i] = numbers[other]!;
    numbers[other] = moved;
  }
  return numbers;
}
