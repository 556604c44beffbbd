import path from 'node:path';
import { count, counted } from '../batch/wording';
import { requestsSent } from '../runs/parts';
import { inputErrorPhrase } from '../runs/report';
import { CANCELABLE_STATES, type Run, type RunOutcome } from '../runs/run';
import { amiss, billPhrase, countsPhrase, outcomePhrase, stateWords, whenStarted } from '../runs/run-words';
import { EXIT, type Exit, Failure } from './exit';
import { numberOf } from './flags';
import { NOTHING_SENT, type Sent } from './terminal';

/** `20261120T2104Z-4f2a10bc  in progress  40,000 requests  tickets.jsonl  msgbatch_…` */
export function runLine(run: Run): string {
  const what = run.outcome ? outcomePhrase(run.outcome) : counted(run.requests, 'request');
  const line = [run.id, stateWords(run), what, path.basename(run.source), run.batch?.id ?? 'no batch'].join('  ');
  return run.reach ? `${line}  (${run.reach.message})` : line;
}

/** `tickets.jsonl: 39,688 answered, 312 failed · $14.20, estimated $13.90 · input estimated 2.1 % too low` */
export function endPhrase(run: Run): string {
  const { source, outcome, problem, state } = run;
  const name = path.basename(source);
  if (!outcome || state === 'lost') return `${name}: ${problem?.message ?? stateWords(run)}`;
  const facts = [outcomePhrase(outcome), billPhrase(run), inputErrorPhrase(run)].filter((fact) => fact !== null);
  return `${name}: ${facts.join(' · ')}`;
}

/** As many names as a screen takes. */
const NAMED = 10;

/** The rows that are not as they should be, by name. */
export function amissLines(outcome: RunOutcome): string[] {
  const { missing, unexpected, repeated, unreadable, unreadableLines = [] } = outcome;
  const kinds = [
    ['missing', missing, missing.length],
    ['not asked for', unexpected, unexpected.length],
    ['answered twice', repeated, repeated.length],
    ['unreadable', unreadableLines.map((line) => `line ${line}`), unreadable],
  ] as const;
  return kinds.flatMap(([what, names, all]) => {
    const rest = all > NAMED ? `, and ${all - NAMED} more` : '';
    return names.length > 0 ? [`  ${what}: ${names.slice(0, NAMED).join(', ')}${rest}`] : [];
  });
}

/** `in progress · 1,200 of 40,000 requests` */
export function statePhrase(run: Run): string {
  const counts = countsPhrase({ ...run, outcome: null });
  return counts.includes(stateWords(run)) ? counts : `${stateWords(run)} · ${counts}`;
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
export function exitOf({ outcome, requests, state }: Run, allowFailed: AllowFailed): Exit {
  if (state === 'uncertain') return EXIT.undecided;
  if (!outcome || state === 'lost') return EXIT.failure;
  const failed = amiss(outcome).reduce((sum, [amount]) => sum + amount, 0);
  return failed <= allowFailed(requests) ? EXIT.ok : EXIT.amiss;
}

/** What is to be said of a run: whether its batch was sent, and whether by this command. */
export function sentOf(run: Run, isNew: boolean): Sent {
  if (run.state === 'not-sent') return NOTHING_SENT;
  const batch = run.batch?.id;
  if (!batch) return { sent: 'unknown', words: `It is not known whether a batch was sent: see run ${run.id}.` };
  const goesOn = CANCELABLE_STATES.includes(run.state) ? { run: run.id } : {};
  const words = isNew
    ? `${sentPhrase(run)} were sent, as ${batchPhrase(run)}.`
    : `Nothing was sent again: ${batchPhrase(run)} was sent at ${whenStarted(run)}.`;
  return { sent: run.state === 'uncertain' ? 'unknown' : true, words, ...goesOn };
}

/** `40,000 requests`, `100,000 of 250,000 requests` */
function sentPhrase(run: Run): string {
  const sent = requestsSent(run);
  const all = counted(run.requests, 'request');
  return sent === 0 || sent === run.requests ? all : `${count(sent)} of ${all}`;
}

/** `batch msgbatch_1`, `the batches msgbatch_1, msgbatch_2` */
function batchPhrase({ batch }: Run): string {
  return batch?.id.includes(', ') ? `the batches ${batch.id}` : `batch ${batch?.id}`;
}
