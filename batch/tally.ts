import type { LineAnalysis } from './analysis';
import { addFinding, addKinds, type FoundKinds, newKinds } from './found-kinds';
import { addModels, addToModel, type ModelTallies } from './model-count';

/** The sums over lines one after the other. Plain data, that grows in place and crosses threads. */
export interface Tally {
  lines: number;
  /** Lines that are not blank. */
  requests: number;
  /** UTF-8 bytes of those, without terminators. */
  bytes: number;
  /** What they cost. */
  readonly models: ModelTallies;
  readonly kinds: FoundKinds;
}

/** `limit` is the most problems that will be shown. */
export function newTally(limit: number): Tally {
  return {
    lines: 0,
    requests: 0,
    bytes: 0,
    models: new Map(),
    kinds: newKinds(limit),
  };
}

/** Adds the next line. */
export function addLine(tally: Tally, analysis: LineAnalysis): void {
  const line = tally.lines++;
  const facts = analysis.kind === 'request' ? analysis.facts : undefined;
  for (const finding of analysis.findings) addFinding(tally.kinds, finding, line, facts?.customId ?? null);
  if (analysis.kind === 'blank') return;
  tally.requests++;
  tally.bytes += analysis.bytes;
  if (facts) addToModel(tally.models, facts.model, facts.estimate);
}

/** Adds the lines that come next. */
export function addTally(tally: Tally, next: Tally): void {
  const first = tally.lines;
  tally.lines += next.lines;
  tally.requests += next.requests;
  tally.bytes += next.bytes;
  addModels(tally.models, next.models);
  addKinds(tally.kinds, next.kinds, first);
}
