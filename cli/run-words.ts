import path from 'node:path';
import { count, counted, usd } from '../batch/wording';
import type { Run, RunOutcome, RunState } from '../runs/run';
import { EXIT, type Exit, Failure } from './exit';
import { numberOf } from './flags';
import { NOTHING_SENT, type Sent } from './terminal';

const STATES: Readonly<Record<RunState, string>> = {
  sending: 'being sent',
  'not-sent': 'not sent',
  uncertain: 'perhaps sent',
  in_progress: 'in progress',
  canceling: 'being canceled',
  ended: 'ended, results not fetched',
  fetched: 'results on disk',
  lost: 'lost',
};

/** `20261120T2104Z-4f2a10bc  in progress  40,000 requests  tickets.jsonl  msgbatch_…` */
export function runLine(run: Run): string {
  const what = run.outcome ? outcomePhrase(run.outcome) : counted(run.requests, 'request');
  return [run.id, STATES[run.state], what, path.basename(run.source), run.batch?.id ?? 'no batch'].join('  ');
}

/** `tickets.jsonl: 39,688 answered, 312 failed · $14.20` */
export function endPhrase({ source, outcome, sandbox, problem, state }: Run): string {
  const name = path.basename(source);
  if (!outcome) return `${name}: ${problem?.message ?? STATES[state]}`;
  const price = outcome.usd === null ? '' : ` · ${sandbox ? 'would cost ' : ''}${usd(outcome.usd)}`;
  return `${name}: ${outcomePhrase(outcome)}${price}`;
}

export function statePhrase({ state, requests, batch }: Run): string {
  const counts = batch?.request_counts;
  const done = counts ? counts.succeeded + counts.errored + counts.canceled + counts.expired : 0;
  const progress = done > 0 ? `${count(done)} of ${counted(requests, 'request')}` : counted(requests, 'request');
  return `${STATES[state]} · ${progress}`;
}

function outcomePhrase(outcome: RunOutcome): string {
  const amiss = amissOf(outcome).filter(([amount]) => amount > 0);
  return [`${count(outcome.succeeded)} answered`, ...amiss.map(([amount, what]) => `${count(amount)} ${what}`)].join(
    ', ',
  );
}

function amissOf({ errored, expired, canceled, missing, unexpected, repeated, unreadable }: RunOutcome) {
  return [
    [errored, 'failed'],
    [expired, 'expired'],
    [canceled, 'canceled'],
    [missing.length, 'missing'],
    [unexpected.length, 'not asked for'],
    [repeated.length, 'answered twice'],
    [unreadable, 'unreadable'],
  ] as const;
}

/** How many failures are still all well: a number, or a share of the requests. */
export type AllowFailed = (requests: number) => number;

/** Reads `--allow-failed N` or `N%`. */
export function allowFailedOf(flag: string | undefined): AllowFailed {
  if (flag === undefined) return () => 0;
  const share = /^(.+)%$/.exec(flag)?.[1];
  const amount = numberOf('allow-failed', share ?? flag) ?? 0;
  if (share !== undefined && amount > 100) throw new Failure(`--allow-failed takes at most 100%, not "${flag}".`);
  return (requests) => (share === undefined ? amount : (requests * amount) / 100);
}

/** The exit of a command whose run has come to its end. */
export function exitOf({ outcome, requests }: Run, allowFailed: AllowFailed): Exit {
  if (!outcome) return EXIT.failure;
  const amiss = amissOf(outcome).reduce((sum, [amount]) => sum + amount, 0);
  return amiss <= allowFailed(requests) ? EXIT.ok : EXIT.amiss;
}

/** What is to be said of a run: whether its batch was sent, and whether by this command. */
export function sentOf(run: Run, isNew: boolean): Sent {
  if (run.state === 'not-sent') return NOTHING_SENT;
  const batch = run.batch?.id;
  if (!batch) return { sent: 'unknown', words: `It is not known whether a batch was sent: see run ${run.id}.` };
  if (isNew) return { sent: true, words: `${counted(run.requests, 'request')} were sent, as batch ${batch}.` };
  const when = run.startedAt.slice(0, 16).replace('T', ' ');
  return { sent: true, words: `Nothing was sent again: batch ${batch} was sent at ${when} UTC.` };
}
