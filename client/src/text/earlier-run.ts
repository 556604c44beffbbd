import { CANCELABLE_STATES } from '../../../runs/run';
import { type Standing, standingPhrase } from '../../../runs/standing';
import type { Question } from './submit';

export const SETTLE = 'Settle…';
export const SHOW_BATCHES = 'Show Batches';
export const OPEN_RESULTS = 'Open Results';
export const CANCEL_BATCH = 'Cancel Batch…';
export const SEND_REST = 'Send the Rest';
export const SUBMIT_AGAIN = 'Submit Again…';

/** What is asked where a file was submitted before, in the terminal's words; undefined where nothing stands in the way. */
export function earlierQuestion(standing: Standing): Question | undefined {
  const message = standingPhrase(standing);
  if (message === undefined || standing.kind === 'new' || standing.kind === 'missing') return undefined;
  return { message, detail: detailOf(standing), buttons: buttonsOf(standing) };
}

function detailOf({ kind }: Standing): string {
  switch (kind) {
    case 'sending':
      return 'Nothing was sent; submit it again when that is done.';
    case 'changed':
      return 'Nothing was sent. Wait for that run, or end it.';
    default:
      return 'Nothing was sent again.';
  }
}

function buttonsOf(standing: Exclude<Standing, { kind: 'new' }>): readonly string[] {
  const { state } = standing.run;
  switch (standing.kind) {
    case 'undecided':
      return [SETTLE];
    case 'unfinished':
      return state === 'partial' ? [SEND_REST, CANCEL_BATCH] : [SHOW_BATCHES];
    case 'complete':
      return [OPEN_RESULTS, SUBMIT_AGAIN];
    case 'archived':
      return [SUBMIT_AGAIN];
    case 'changed':
      if (state === 'uncertain') return [SETTLE];
      return CANCELABLE_STATES.includes(state) ? [SHOW_BATCHES, CANCEL_BATCH] : [SHOW_BATCHES];
    default:
      return [SHOW_BATCHES];
  }
}
