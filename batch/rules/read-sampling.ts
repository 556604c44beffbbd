import sampling from '../../schemas/sampling.json';
import type { Json } from '../json';

export const SAMPLING_PARAMS = ['temperature', 'top_p', 'top_k'] as const;
export type SamplingParam = (typeof SAMPLING_PARAMS)[number];

/** What of the sampling parameters is taken: a generation of models, or thinking. */
export type SamplingKind = keyof typeof sampling.kinds;

/** The values of a parameter that are taken; null where it must be left out. */
export function rangeTaken(
  kind: SamplingKind,
  name: SamplingParam,
): { readonly min: number; readonly max?: number } | null {
  return sampling.kinds[kind][name];
}

/** Whether a number is refused for its value; anything else is the schema's business. */
export function isRefused(kind: SamplingKind, name: SamplingParam, value: Json | undefined): value is number {
  if (!isGiven(name, value)) return false;
  const taken = rangeTaken(kind, name);
  return taken === null || value < taken.min || value > (taken.max ?? Number.POSITIVE_INFINITY);
}

/** Whether a parameter is given; -1 counts as left out. */
export function isGiven(name: SamplingParam, value: Json | undefined): value is number {
  const unset = name === 'temperature' ? undefined : sampling.unset[name];
  return typeof value === 'number' && value !== unset;
}

/** `at 1`, `from 0 to 1`, `at least 0`: what `rangeTaken` allows, in words. */
export function inWords({ min, max }: { readonly min: number; readonly max?: number }): string {
  if (min === max) return `at ${min}`;
  return max === undefined ? `at least ${min}` : `from ${min} to ${max}`;
}
