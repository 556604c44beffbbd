import type { ApiFault } from '../../../batch/api-fault';
import type { Cost, RequestEstimate } from '../../../batch/cost/estimate';
import type { ModelTable } from '../../../batch/cost/models';
import { type EstimateTotals, total } from '../../../batch/cost/totals';
import { counted, usd } from '../../../batch/wording';
import { answerTextOf } from '../../../results/answer-text';
import { rowFacts } from '../../../results/row-facts';
import type { JudgedRequest } from '../../../server/src/protocol';
import { type Answer, answerOf } from './answer';
import { type DestinationFacts, destinationPhrase } from './destination';
import type { Question } from './submit';

/** A request that may be sent alone. */
export interface Trial {
  readonly customId: string;
  /** 0-based. */
  readonly line: number;
  /** The whole line, without its terminator. */
  readonly text: string;
  /** The bytes of the value of `params`, as they stand in the line. */
  readonly params: Uint8Array;
  readonly estimate: RequestEstimate;
}

/** What became of one: the API's message, or its words where it refused it. */
export type Outcome = { readonly trial: Trial } & (
  | { readonly message: unknown }
  | { readonly fault: ApiFault; readonly requestId: string | null }
);

/** Asked before anything is sent, because every request is billed at once and at standard price. */
export function trialQuestion(
  trials: readonly Trial[],
  destination: DestinationFacts,
  { apiVersion, betas }: JudgedRequest['judgedBy'],
): Question {
  const requests = counted(trials.length, 'request');
  const detail = [
    trials.map(nameOf).join(', '),
    costLine(trials, destination.sandbox),
    `${destinationPhrase(destination)} · API version ${apiVersion} · ${betas.length > 0 ? `betas ${betas.join(', ')}` : 'no betas'}`,
  ];
  return {
    message: `Send ${requests} ${destination.sandbox ? 'to the sandbox' : 'now, at standard price'}?`,
    detail: detail.join('\n'),
    buttons: [
      destination.sandbox
        ? 'Send to the Sandbox'
        : `Send ${trials.length === 1 ? '1 Request' : `${trials.length} Requests`}`,
    ],
  };
}

function costLine(trials: readonly Trial[], sandbox: boolean): string {
  const alone = sumOf(trials.map(({ estimate }) => estimate.standardUsd));
  const inBatch = sumOf(trials.map(({ estimate }) => estimate.usd));
  if (!alone || !inBatch) return 'No price is known for what this costs.';
  const phrase = `≈ ${usd(alone.expected)} expected, up to ${usd(alone.high)}; in a batch ≈ ${usd(inBatch.expected)}`;
  return sandbox ? `Would cost: ${phrase}` : `Cost: ${phrase}`;
}

/** Null where one of them has no price. */
function sumOf(costs: readonly (Cost | null)[]): { readonly expected: number; readonly high: number } | null {
  let [expected, high] = [0, 0];
  for (const cost of costs) {
    if (!cost) return null;
    const both = total(cost);
    expected += both.expected;
    high += both.high;
  }
  return { expected, high };
}

/** What is shown of an outcome. */
export interface TrialAnswer extends Answer {
  /** Of the answer, or what the API said instead, whole. */
  readonly text: string;
}

/** An outcome as the results view shows a row, with what it cost alone. */
export function trialAnswer(outcome: Outcome, models: ModelTable, sandbox: boolean): TrialAnswer {
  const { trial } = outcome;
  const row = rowOf(outcome);
  const facts = rowFacts(row, models);
  const standardUsd = facts.usd === null ? null : facts.usd / models.batchFactor;
  const answer = {
    ...answerOf({ ...facts, usd: standardUsd }, row, { line: trial.line, sandbox }),
    text: answerTextOf(row),
  };
  return facts.usd === null
    ? answer
    : { ...answer, facts: [...answer.facts, { label: 'In a batch', value: usd(facts.usd) }] };
}

/** What the whole file would cost in a batch if all of it were like what came back; empty where that cannot be said. */
export function wholeFilePhrase(
  outcomes: readonly Outcome[],
  file: EstimateTotals | undefined,
  models: ModelTable,
): string {
  let [billed, expected] = [0, 0];
  for (const outcome of outcomes) {
    const cost = rowFacts(rowOf(outcome), models).usd;
    const { usd: estimate } = outcome.trial.estimate;
    if (cost === null || !estimate) continue;
    billed += cost;
    expected += total(estimate).expected;
  }
  if (!file?.usd || expected === 0 || file.unpricedRequests > 0) return '';
  const estimated = total(file.usd).expected;
  const whole = usd((estimated * billed) / expected);
  return `By this, all ${counted(file.requests, 'request')} of the file cost ≈ ${whole} in a batch; estimated were ≈ ${usd(estimated)}.`;
}

/** As a results file has it. */
function rowOf(outcome: Outcome): object {
  const result =
    'message' in outcome
      ? { type: 'succeeded', message: outcome.message }
      : { type: 'errored', error: { type: 'error', error: outcome.fault, request_id: outcome.requestId } };
  return { custom_id: outcome.trial.customId, result };
}

/** `"ticket-7" (line 12)` */
export const nameOf = ({ customId, line }: Pick<Trial, 'customId' | 'line'>): string =>
  customId ? `"${customId}" (line ${line + 1})` : `line ${line + 1}`;
