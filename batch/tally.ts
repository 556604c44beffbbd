import type { LineAnalysis } from './analysis';
import { addEstimate, addTotals, type GrowingTotals, newTotals } from './cost/totals';
import type { Finding } from './finding';
import { addFinding, addKinds, type FoundKinds, newKinds } from './problems';
import { ruleById } from './rules';

/** The sums over lines one after the other. Plain data, that grows in place and crosses threads. */
export interface Tally {
  lines: number;
  /** Lines that are not blank. */
  requests: number;
  /** UTF-8 bytes of those, without terminators. */
  bytes: number;
  readonly estimate: GrowingTotals;
  /** Requests by model as written. */
  readonly models: Map<string, number>;
  readonly kinds: FoundKinds;
  /** 0-based lines with an error, in order. */
  readonly refused: number[];
  /** Whether an error among them would refuse the whole batch at create. */
  refusedAtCreate: boolean;
}

/** `limit` is the most problems that will be shown. */
export function newTally(limit: number): Tally {
  return {
    lines: 0,
    requests: 0,
    bytes: 0,
    estimate: newTotals(),
    models: new Map(),
    kinds: newKinds(limit),
    refused: [],
    refusedAtCreate: false,
  };
}

/** Adds the next line. */
export function addLine(tally: Tally, analysis: LineAnalysis): void {
  const line = tally.lines++;
  const facts = analysis.kind === 'request' ? analysis.facts : undefined;
  for (const finding of analysis.findings) addFindingTo(tally, finding, line, facts?.customId ?? null);
  if (analysis.kind === 'blank') return;
  tally.requests++;
  tally.bytes += analysis.bytes;
  if (!facts) return;
  addEstimate(tally.estimate, facts.estimate);
  if (facts.model !== undefined) tally.models.set(facts.model, (tally.models.get(facts.model) ?? 0) + 1);
}

/** Adds the lines that come next. */
export function addTally(tally: Tally, next: Tally): void {
  const first = tally.lines;
  tally.lines += next.lines;
  tally.requests += next.requests;
  tally.bytes += next.bytes;
  addTotals(tally.estimate, next.estimate);
  for (const [model, requests] of next.models) tally.models.set(model, (tally.models.get(model) ?? 0) + requests);
  addKinds(tally.kinds, next.kinds, first);
  for (const line of next.refused) tally.refused.push(line + first);
  tally.refusedAtCreate ||= next.refusedAtCreate;
}

/** Adds a finding on a line. */
export function addFindingTo(tally: Tally, finding: Finding, line: number, customId: string | null): void {
  addFinding(tally.kinds, finding, line, customId);
  if (finding.severity !== 'error') return;
  if (tally.refused.at(-1) !== line) tally.refused.push(line);
  tally.refusedAtCreate ||= ruleById.get(finding.rule)?.refusedAt === 'create';
}
