import path from 'node:path';
import type { Adoption, BatchSnapshot, PartPlan, RequestCounts, Run, RunState } from './run';

/**
 * A run that goes over as several batches, as one: what the journal has of it, with what its parts have come to. Its own
 * file knows the plan and, at the end, what came of it; everything between is said by the parts.
 */
export function wholeOf(run: Run, begun: readonly Run[]): Run {
  const parts = [...begun].sort((a, b) => (a.part?.number ?? 0) - (b.part?.number ?? 0));
  if (run.state !== 'sending') return { ...run, parts };
  const state = stateOf(run, parts);
  const told = parts.find((part) => part.state === state) ?? parts.at(-1);
  return {
    ...run,
    parts,
    state,
    batch: batchOf(run, parts),
    adoption: adoptionOf(parts),
    rejected: parts.flatMap(({ rejected }) => rejected),
    account: parts.find(({ account }) => account)?.account ?? null,
    attempt: told?.attempt ?? run.attempt,
    reach: parts.find(({ reach }) => reach)?.reach ?? run.reach,
    problem: run.problem ?? told?.problem ?? null,
  };
}

/** The runs that have a batch each: parts in place of what they are parts of. */
export function singles(runs: readonly Run[]): Run[] {
  return runs.flatMap((run) => run.parts ?? [run]);
}

/** Numbers (1-based) and plans of the parts that still have to be sent. */
export function unsentParts({ plan = [], parts = [] }: Run): (readonly [number: number, plan: PartPlan])[] {
  const sent = new Set(parts.filter(wasSent).map(({ part }) => part?.number));
  return plan.map((each, i) => [i + 1, each] as const).filter(([number]) => !sent.has(number));
}

/** Requests of a run in batches that were made. */
export function requestsSent(run: Run): number {
  return singles([run]).reduce((sum, { batch, requests }) => sum + (batch ? requests : 0), 0);
}

/** `20261120T2104Z-4f2a.2` */
export const partId = (run: string, number: number): string => `${run}.${number}`;

/** Where the results of a part lie until those of all are one file: `tickets.20261120T2104Z.part-2.results.jsonl`. */
export function partResultsPath(resultsPath: string, number: number): string {
  const { dir, base } = path.parse(resultsPath);
  const place = base.replace(/(\.results)?\.jsonl$/i, '');
  return path.join(dir, `${place}.part-${number}.results.jsonl`);
}

const wasSent = ({ state }: Run): boolean => state !== 'not-sent';

function stateOf(run: Run, parts: readonly Run[]): RunState {
  const states = parts.filter(wasSent).map(({ state }) => state);
  if (states.length === 0) return 'sending';
  const isAnyOf = (...some: readonly RunState[]): boolean => states.some((state) => some.includes(state));
  if (isAnyOf('uncertain')) return 'uncertain';
  if (isAnyOf('sending')) return 'sending';
  if (!run.stopped && unsentParts({ ...run, parts }).length > 0) return 'partial';
  if (isAnyOf('in_progress')) return 'in_progress';
  return isAnyOf('canceling') ? 'canceling' : 'ended';
}

/** Their batches as if they were one. What was not sent yet counts as being processed. */
function batchOf(run: Run, parts: readonly Run[]): BatchSnapshot | null {
  const batches = parts.flatMap(({ batch }) => batch ?? []);
  const [first] = batches;
  if (!first) return null;
  const counts = batches.map(({ request_counts }) => request_counts).reduce(addCounts);
  const sent = requestsSent({ ...run, parts });
  const isEnded = batches.every(({ processing_status }) => processing_status === 'ended') && sent === run.requests;
  const isCanceling = batches.some(({ processing_status }) => processing_status === 'canceling');
  return {
    id: batches.map(({ id }) => id).join(', '),
    processing_status: isEnded ? 'ended' : isCanceling ? 'canceling' : 'in_progress',
    request_counts: { ...counts, processing: counts.processing + (run.stopped ? 0 : run.requests - sent) },
    created_at: first.created_at,
    expires_at: first.expires_at,
    archived_at: batches.find(({ archived_at }) => archived_at)?.archived_at ?? null,
    ended_at: isEnded ? latest(batches.map(({ ended_at }) => ended_at)) : null,
    cancel_initiated_at: batches.find((batch) => batch.cancel_initiated_at)?.cancel_initiated_at ?? null,
  };
}

function addCounts(a: RequestCounts, b: RequestCounts): RequestCounts {
  return {
    processing: a.processing + b.processing,
    succeeded: a.succeeded + b.succeeded,
    errored: a.errored + b.errored,
    canceled: a.canceled + b.canceled,
    expired: a.expired + b.expired,
  };
}

function adoptionOf(parts: readonly Run[]): Adoption {
  const adoptions = parts.map(({ adoption }) => adoption);
  return adoptions.find((adoption) => adoption === 'unproven') ?? adoptions.find((adoption) => adoption) ?? null;
}

function latest(times: readonly (string | null)[]): string | null {
  return times.reduce((a, b) => (a === null || (b !== null && b > a) ? b : a), null);
}
