import { type Concern, isConcern } from '../runs/concern';

/** How a request ended, as a person sorts answers: the API's result types, with successes told apart that hold less than was asked for. */
export const OUTCOMES = ['answered', 'suspicious', 'failed', 'expired', 'canceled', 'missing', 'unreadable'] as const;
export type Outcome = (typeof OUTCOMES)[number];

/** What people read. */
export const OUTCOME_LABELS: Readonly<Record<Outcome, string>> = {
  answered: 'Answered',
  suspicious: 'Suspicious',
  failed: 'Failed',
  expired: 'Expired',
  canceled: 'Canceled',
  missing: 'No result',
  unreadable: 'Unreadable',
};

/** Why a success is suspicious, in a sentence. */
const CONCERNS: Readonly<Record<Concern, string>> = {
  max_tokens: 'The answer was cut off at max_tokens.',
  refusal: 'The model refused to answer.',
  model_context_window_exceeded: 'The answer was cut off at the end of the context window.',
  pause_turn: 'The model paused a long turn: send the answer back to let it go on.',
  empty: 'The answer holds no text.',
};

/** Stop reasons of answers that were cut off. */
export const CUT_OFF: readonly string[] = ['max_tokens', 'model_context_window_exceeded'];

/** Why a row is suspicious; null where it is not. */
export function concernSentence(stopReason: string | null): string | null {
  return stopReason !== null && isConcern(stopReason) ? CONCERNS[stopReason] : null;
}
