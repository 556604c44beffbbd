import type { CachePrefixes } from './cost/cache-prefixes';
import type { RequestEstimate } from './cost/estimate';
import type { Finding } from './finding';

/** What is known of one line on its own, cached with it. */
export type LineAnalysis = BlankLine | InvalidLine | RequestLine;

export interface BlankLine {
  readonly kind: 'blank';
  readonly findings: readonly Finding[];
}

/** A line that is not a JSON object, or that is nested too deeply to be looked at. */
export interface InvalidLine {
  readonly kind: 'invalid';
  readonly findings: readonly Finding[];
  /** UTF-8 bytes without the terminator. */
  readonly bytes: number;
}

export interface RequestLine {
  readonly kind: 'request';
  readonly findings: readonly Finding[];
  readonly bytes: number;
  readonly facts: LineFacts;
}

/** What the folds over a file need of a request, so that they never touch its text again. */
export interface LineFacts {
  /** Undefined where it is missing or not a string. */
  readonly customId: string | undefined;
  /** The `model` as written; undefined where it is missing or not a string. */
  readonly model: string | undefined;
  readonly estimate: RequestEstimate;
  /** What of it a cache could hold; undefined where there is nothing, or its model is not known. */
  readonly prefixes: CachePrefixes | undefined;
}

/** What of a line a cache could hold. */
export function prefixesIn(analysis: LineAnalysis): CachePrefixes | undefined {
  return analysis.kind === 'request' ? analysis.facts.prefixes : undefined;
}

/** The `custom_id` of a line. */
export function idIn(analysis: LineAnalysis): string | undefined {
  return analysis.kind === 'request' ? analysis.facts.customId : undefined;
}
