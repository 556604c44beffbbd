import path from 'node:path';
import { count, counted, usd } from '../batch/wording';
import { CONCERN_WORDS, type Concern } from './concern';
import { stemOf } from './results-path';
import { OPEN_STATES, type RequestCounts, type Run, type RunOutcome, type RunState } from './run';

/** What each state is called. */
export const STATE_WORDS: Readonly<Record<RunState, string>> = {
  sending: 'being sent',
  partial: 'sent in part',
  'not-sent': 'not sent',
  uncertain: 'perhaps sent',
  in_progress: 'in progress',
  canceling: 'being canceled',
  ended: 'ended, results not here yet',
  fetched: 'results on disk',
  lost: 'results archived',
};

/** Something is still to be done about it. */
export const isOpen = ({ state }: Run): boolean => OPEN_STATES.includes(state);

/** It goes on by itself; one that is uncertain, or sent in part, waits for a person. */
export const isRunning = (run: Run): boolean => isOpen(run) && !['uncertain', 'partial'].includes(run.state);

/** `tickets`, `tickets · sandbox` */
export function nameOf({ source, sandbox }: Run): string {
  return `${stemOf(path.basename(source))}${sandbox ? ' · sandbox' : ''}`;
}

/** `39,688 answered, 312 failed`, `1,200 of 40,000 requests`, `40,000 requests in progress` */
export function countsPhrase(run: Run): string {
  if (run.outcome) return outcomePhrase(run.outcome);
  const done = run.batch ? doneOf(run.batch.request_counts) : 0;
  const requests = counted(run.requests, 'request');
  const words = stateWords(run);
  return done > 0 && run.state !== 'ended' ? `${count(done)} of ${requests}` : `${requests} ${words}`;
}

/** `in progress`, `in progress, adopted, unproven` */
export function stateWords({ state, adoption, attempt }: Run): string {
  const how = attempt ? 'adopted' : 'attached';
  return adoption === 'unproven' ? `${STATE_WORDS[state]}, ${how}, unproven` : STATE_WORDS[state];
}

/** Requests that have an outcome; the API may say 0 until the whole batch has ended. */
export const doneOf = ({ succeeded, errored, canceled, expired }: RequestCounts): number =>
  succeeded + errored + canceled + expired;

export function outcomePhrase(outcome: RunOutcome): string {
  const said = [...suspicious(outcome), ...amiss(outcome)].map(([amount, what]) => `${count(amount)} ${what}`);
  const whole = suspicious(outcome).reduce((left, [amount]) => left - amount, outcome.succeeded);
  return [`${count(whole)} answered`, ...said].join(', ');
}

/** Answers that are not whole, which are billed and count as answered, but never as plain ones. */
function suspicious(outcome: RunOutcome): (readonly [number, string])[] {
  const found = Object.entries(outcome.suspicious ?? {}) as [Concern, number][];
  return found.map(([concern, amount]) => [amount, CONCERN_WORDS[concern]]);
}

/** What did not go well, with how many requests it met. */
export function amiss(outcome: RunOutcome): (readonly [number, string])[] {
  const all: readonly (readonly [number, string])[] = [
    [outcome.errored, 'failed'],
    [outcome.expired, 'expired'],
    [outcome.canceled, 'canceled'],
    [outcome.missing.length, 'missing'],
    [outcome.unexpected.length, 'not asked for'],
    [outcome.repeated.length, 'answered twice'],
    [outcome.unreadable, 'unreadable'],
  ];
  return all.filter(([amount]) => amount > 0);
}

/** The one notification at a run's end: `tickets: 39,688 answered, 312 failed · $14.20, estimated $13.90` */
export function endSentence(run: Run): string {
  if (!run.outcome) return `${nameOf(run)}: ${run.problem?.message ?? STATE_WORDS[run.state]}`;
  const bill = billPhrase(run);
  return `${nameOf(run)}: ${outcomePhrase(run.outcome)}${bill === null ? '' : ` · ${bill}`}`;
}

/** What a run cost beside what was estimated: `$14.20, estimated $13.90`; null where it is not known. */
export function billPhrase({ outcome, estimateUsd, sandbox }: Run): string | null {
  if (!outcome || outcome.usd === null) return null;
  const estimated = estimateUsd === null ? '' : `, estimated ${usd(estimateUsd)}`;
  return `${sandbox ? 'would cost ' : ''}${usd(outcome.usd)}${estimated}`;
}

/** Milliseconds as `40 s`, `12 min`, `3 h 5 min`, `6 days`. */
export function elapsed(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  if (hours < 48) return minutes % 60 > 0 ? `${hours} h ${minutes % 60} min` : `${hours} h`;
  return `${Math.floor(hours / 24)} days`;
}

/** `just now`, `3 h 5 min ago` */
export function ageOf({ startedAt }: Run, now: number): string {
  const ms = now - Date.parse(startedAt);
  return ms < 60_000 ? 'just now' : `${elapsed(ms)} ago`;
}

/** `2026-11-20 21:04 UTC` */
export const whenStarted = ({ startedAt }: Run): string => `${startedAt.slice(0, 16).replace('T', ' ')} UTC`;
