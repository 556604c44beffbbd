import { distance } from 'fastest-levenshtein';

/** Longer names are no slips of the pen, and comparing them would cost more than it helps. */
const LONGEST = 64;

export interface Nearest {
  readonly name: string;
  /** At most two slips away and nearer than any other: safe to take without a look. */
  readonly certain: boolean;
}

/** The one of `known` that was probably meant by `written`; writing it in camelCase or with hyphens is no slip. */
export function nearest(written: string, known: readonly string[]): Nearest | undefined {
  if (LONGEST < written.length) return undefined;
  const ranked = known
    .map((name) => ({ name, slips: distance(folded(written), folded(name)) }))
    .sort((a, b) => a.slips - b.slips);
  const [best, second] = ranked;
  if (!best || written.length < 3 * best.slips - 2) return undefined;
  return { name: best.name, certain: best.slips <= 2 && best.slips < (second?.slips ?? Infinity) };
}

function folded(name: string): string {
  return name.toLowerCase().replace(/[_\- ]/g, '');
}
