import type { RequestLine } from './analysis';
import { fnv1a } from './context';
import { total } from './cost/totals';
import { utf8Bytes, utf8Length } from './utf8';

/**
 * A number that requests with the same params have in common, and others hardly: their size, what their parts weigh and what
 * they cost, which is known of every line without a look at its text. Whether those that have it are the same `paramsHash`
 * tells. 0 for a request without a price. Where the text is at hand, a `sample` of it tells short ones apart.
 */
export function likenessOf(request: RequestLine, sample = 0): number {
  const { customId, estimate } = request.facts;
  const nanoUsd = nanoUsdOf(request);
  if (nanoUsd === 0) return 0;
  const { system, tools, messages, media } = estimate.inputParts;
  const size = request.bytes - utf8Length(customId ?? '');
  let low = size;
  let high = size;
  for (const amount of [1000 * system, 1000 * tools, 1000 * messages, 1000 * media, nanoUsd, sample]) {
    const whole = Math.round(amount) | 0;
    low = Math.imul(low ^ whole, 0x5bd1e995) ^ (low >>> 15);
    high = Math.imul(high ^ whole, 0x9e3779b1) ^ (high >>> 13);
  }
  return (low >>> 0) * 0x200000 + (high >>> 11);
}

/** So many characters of a line are a sample, and a line is worth one. */
const SAMPLE = 32;
const WORTH_A_SAMPLE = 400;

/**
 * A hash of some characters of the second half of a line that begins with its `custom_id`: they are the same where all but
 * the id is. 0 for other lines.
 */
export function sampleOf(line: string, customId = ''): number {
  const rest = line.length - customId.length;
  if (rest < WORTH_A_SAMPLE || !line.slice(0, 16).includes('"custom_id"')) return 0;
  const step = Math.floor(rest / (2 * SAMPLE + 8));
  let hash = 0;
  for (let i = 1; i <= SAMPLE; i++) hash = (Math.imul(hash, 31) + line.charCodeAt(line.length - i * step)) | 0;
  return hash;
}

/** The same of the UTF-8 bytes [from, to) of a line. Its hash is another than that of the text. */
export function sampleIn(memory: DataView, from: number, to: number, customId = ''): number {
  const rest = to - from - utf8Length(customId);
  if (rest < WORTH_A_SAMPLE || !beginsWithId(memory, from)) return 0;
  const step = Math.floor(rest / (2 * SAMPLE + 8));
  let hash = 0;
  for (let i = 1; i <= SAMPLE; i++) hash = (Math.imul(hash, 31) + memory.getUint8(to - i * step)) | 0;
  return hash;
}

const ID = utf8Bytes('"custom_id"');

function beginsWithId(memory: DataView, from: number): boolean {
  for (let at = from; at <= from + 5; at++) if (ID.every((byte, i) => memory.getUint8(at + i) === byte)) return true;
  return false;
}

/** A hash of all that a request's line says but its `custom_id`. */
export function paramsHash(line: string): string {
  return fnv1a(line.replace(CUSTOM_ID, '$1'));
}

const CUSTOM_ID = /("custom_id"\s*:\s*)"(?:[^"\\]|\\.)*"/;

/** What a request is expected to cost in a batch, in billionths of a USD, so that sums do not depend on their order; 0 where it has no price. */
export function nanoUsdOf({ facts }: RequestLine): number {
  const { usd } = facts.estimate;
  return usd ? Math.round(1e9 * total(usd).expected) : 0;
}

/** Requests that ask what another asks, under another id. */
export interface Repeated {
  /** The lines of requests with the same params, in order; no more than may come to be shown. */
  readonly groups: readonly (readonly number[])[];
  /** How many lines repeat another beside those. */
  readonly more: number;
  /** USD of all that repeat another, as expected in a batch. */
  readonly usd: number;
}

export const NONE_REPEATED: Repeated = { groups: [], more: 0, usd: 0 };

/** The values that stand more than once, 0 apart. */
function repeatedValues(values: readonly number[]): ReadonlySet<number> {
  const sorted = Float64Array.from(values).sort();
  const repeated = new Set<number>();
  for (let i = 1; i < sorted.length; i++) if (sorted[i] === sorted[i - 1] && sorted[i] !== 0) repeated.add(sorted[i]!);
  return repeated;
}

/** Which lines are the same, given what each is like and costs (0 for those that do not count), and the text of a line by its number. */
export function repeatedAmong(
  likenesses: readonly number[],
  nanoUsd: readonly number[],
  textOf: (line: number) => string,
): Repeated {
  const alike = repeatedValues(likenesses);
  if (alike.size === 0) return NONE_REPEATED;
  const byHash = new Map<string, number[]>();
  let cost = 0;
  for (const [line, likeness] of likenesses.entries()) {
    if (!alike.has(likeness)) continue;
    const hash = paramsHash(textOf(line));
    const lines = byHash.get(hash);
    if (!lines) byHash.set(hash, [line]);
    else {
      lines.push(line);
      cost += nanoUsd[line]!;
    }
  }
  const groups = [...byHash.values()].filter((lines) => lines.length > 1);
  return { groups, more: 0, usd: cost / 1e9 };
}
