import { MAX_REQUESTS, WARN_BODY_BYTES } from '../limits';

/** How much goes into one file at most. */
export interface SplitSize {
  readonly requests: number;
  readonly bytes: number;
}

const UNITS = { kb: 1e3, mb: 1e6 } as const;

/** `10000` requests or `50 MB`, and never more than a batch may have; undefined for what is neither. */
export function parseSplitSize(text: string): SplitSize | undefined {
  const [, amount = '', unit] = /^\s*(\d+(?:\.\d+)?)\s*([km]b)?\s*$/i.exec(text) ?? [];
  const most = Number(amount);
  if (!(most > 0) || (!unit && !Number.isInteger(most))) return undefined;
  if (!unit) return { requests: Math.min(most, MAX_REQUESTS), bytes: WARN_BODY_BYTES };
  const bytes = most * UNITS[unit.toLowerCase() as keyof typeof UNITS];
  return { requests: MAX_REQUESTS, bytes: Math.min(bytes, WARN_BODY_BYTES) };
}
