import data from '../../schemas/tokens.json';
import { isSure, plus, type Range } from './range';
import type { InputParts } from './tokens';

/** How the API counts the input of one model in one file, held against our estimate. Plain data: it is kept and sent. */
export interface Calibration {
  /** Tokens that the API counts for one of ours, of text and frames. */
  readonly text: number;
  /** The same of documents and pictures whose tokens are not sure; null where none was counted. */
  readonly media: number | null;
  /** How far below and above that single requests lie, as shares of it. */
  readonly below: number;
  readonly above: number;
  /** (estimated - counted) / counted before it, over all that was counted. */
  readonly error: number;
  /** Requests that were counted. */
  readonly requests: number;
  /** ISO time. */
  readonly at: string;
  /** The day of the coefficients (`schemas/tokens.json`) that it corrects: it says nothing about others. */
  readonly corrects: string;
}

/** By the path of the file and by the model's id. */
export type Calibrations = Readonly<Record<string, CalibrationByModel>>;
export type CalibrationByModel = Readonly<Record<string, Calibration>>;

/** A request as it is estimated without a calibration, and what the API counted of it. */
export interface Counted {
  readonly input: InputParts;
  readonly tokens: number;
}

/** However many requests are alike, the next may differ by as much. */
const LEAST_SPREAD = 0.01;

/**
 * What counts of requests of one model tell of all that they were taken from; undefined where none is given. `at` is an
 * ISO time, `of` the number of requests that they stand for.
 */
export function calibrationOf(counted: readonly Counted[], of: number, at: string): Calibration | undefined {
  if (counted.length === 0) return undefined;
  const sure = counted.filter(({ input }) => isSure(input.media));
  const unsure = counted.filter(({ input }) => !isSure(input.media));
  const text = ratio(sure, ({ input, tokens }) => [tokens - input.media.expected, plainTokens(input)]) ?? 1;
  const media = ratio(unsure, ({ input, tokens }) => [tokens - text * plainTokens(input), input.media.expected]);
  const base = { text, media, requests: counted.length, at, corrects: data.date };
  const off = counted.map(({ input, tokens }) => tokens / expectedBy({ text, media }, input) - 1);
  // Of few that stand for many, the rest lies further out.
  const room = of > counted.length ? 1 + 3 / counted.length : 1;
  const estimated = sumOf(counted.map(({ input }) => plainTokens(input) + input.media.expected));
  return {
    ...base,
    below: Math.min(0.9, Math.max(LEAST_SPREAD, room * -Math.min(...off))),
    above: Math.max(LEAST_SPREAD, room * Math.max(...off)),
    error: estimated / sumOf(counted.map(({ tokens }) => tokens)) - 1,
  };
}

/** Whether it is one, and of the coefficients that are in use. */
export function isUsable(calibration: Calibration): boolean {
  const figures = [calibration.text, calibration.below, calibration.above];
  return calibration.corrects === data.date && figures.every((figure) => Number.isFinite(figure));
}

/** Tokens of an input of which `plain` (texts, frames and prompts of the API) and `media` are our own estimate. */
export function calibratedTokens(
  plain: number,
  media: Range,
  { text, media: factor, below, above }: Calibration,
): Range {
  const { low, high } = data.uncertainty.tokens;
  const known = text * plain + (isSure(media) ? media.expected : 0);
  const ofMedia = isSure(media) ? NOTHING : factor === null ? media : spread(factor * media.expected, below, above);
  const tokens = plus(spread(known, below, above), ofMedia);
  return {
    low: Math.max(1, Math.floor(tokens.low - low)),
    expected: Math.round(tokens.expected),
    high: Math.ceil(tokens.high + high),
  };
}

function expectedBy({ text, media: factor }: Pick<Calibration, 'text' | 'media'>, { media, ...input }: InputParts) {
  return text * plainTokens(input) + (isSure(media) ? 1 : (factor ?? 1)) * media.expected;
}

function plainTokens({ weight }: Pick<InputParts, 'weight'>): number {
  return (weight.system + weight.tools + weight.messages) / 1000;
}

/** The quotient of two sums; null where it would say nothing. */
function ratio(
  counted: readonly Counted[],
  figures: (one: Counted) => readonly [counted: number, ours: number],
): number | null {
  const pairs = counted.map(figures);
  const [theirs, ours] = [sumOf(pairs.map(([it]) => it)), sumOf(pairs.map(([, it]) => it))];
  return theirs > 0 && ours > 0 ? theirs / ours : null;
}

function spread(tokens: number, below: number, above: number): Range {
  return { low: tokens * (1 - below), expected: tokens, high: tokens * (1 + above) };
}

const NOTHING: Range = { low: 0, expected: 0, high: 0 };

const sumOf = (amounts: readonly number[]): number => amounts.reduce((sum, amount) => sum + amount, 0);
