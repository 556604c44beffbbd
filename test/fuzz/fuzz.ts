import { applyChanges, toTextChanges } from '../../batch/apply-edits';
import { API_VERSIONS } from '../../batch/context';
import { analyseLine } from '../../batch/lint';
import { ProblemCollector } from '../../batch/problems';
import { context } from '../support/contexts';
import { mutated, randomFrom, seedLines } from './mutate';

export interface FuzzOptions {
  readonly seed: number;
  /** How many lines are made. */
  readonly lines: number;
  /** Stops after so many ms. */
  readonly forMs?: number;
  readonly onProgress?: (result: FuzzResult) => void;
}

export interface FuzzResult {
  readonly lines: number;
  readonly findings: number;
  /** How many lines had something to say of each rule. */
  readonly byRule: ReadonlyMap<string, number>;
  /** The slowest line, and how long it took. */
  readonly slowest: { readonly ms: number; readonly line: string };
}

/** Lines between two looks at the clock. */
const STRIDE = 1000;

/**
 * Has the checker judge lines that were made from the fixtures by random changes, makes every fix, and places every
 * finding. Throws with the seed's line where one of that fails.
 */
export function fuzz({ seed, lines, forMs = Number.POSITIVE_INFINITY, onProgress }: FuzzOptions): FuzzResult {
  const random = randomFrom(seed);
  const seeds = seedLines();
  const end = performance.now() + forMs;
  const byRule = new Map<string, number>();
  let findings = 0;
  let slowest = { ms: 0, line: '' };
  let made = 0;
  for (; made < lines && (made % STRIDE > 0 || performance.now() < end); made++) {
    const line = mutated(seeds, random);
    const start = performance.now();
    const found = rulesOf(line, made);
    const ms = performance.now() - start;
    if (ms > slowest.ms) slowest = { ms, line };
    findings += found.length;
    for (const rule of new Set(found)) byRule.set(rule, (byRule.get(rule) ?? 0) + 1);
    if (made % STRIDE === 0) onProgress?.({ lines: made, findings, byRule, slowest });
  }
  return { lines: made, findings, byRule, slowest };
}

/** The rules with something to say of a line. Throws, with the line, where the checker does. */
function rulesOf(line: string, number: number): string[] {
  try {
    const judgedBy = context({ apiVersion: API_VERSIONS[number % API_VERSIONS.length] ?? API_VERSIONS[0] });
    const { findings } = analyseLine(line, judgedBy);
    const collector = new ProblemCollector(Number.POSITIVE_INFINITY);
    collector.addLine(0, line, findings, null);
    for (const { start, end, finding } of collector.finish().problems) {
      if (!(0 <= start && start <= end && end <= line.length))
        throw new Error(`${finding.rule} stands outside the line`);
    }
    for (const { fixes } of findings) for (const { edits } of fixes) applyChanges(line, toTextChanges(line, edits));
    return findings.map(({ rule }) => rule);
  } catch (error) {
    throw new Error(`Line ${number} fails: ${JSON.stringify(line)}`, { cause: error });
  }
}
