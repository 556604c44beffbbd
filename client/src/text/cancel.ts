import path from 'node:path';
import { counted } from '../../../batch/wording';
import type { Run } from '../../../runs/run';
import { nameOf, STATE_WORDS } from '../../../runs/run-words';

/** The question before a batch is canceled, and what comes of it. */
export function cancelQuestion({ source, requests, sandbox }: Run): {
  readonly question: string;
  readonly detail: string;
} {
  const answered = sandbox
    ? 'Nothing is billed in the sandbox. The results of requests that are answered by then are fetched'
    : 'Requests that are answered by then are billed and their results fetched';
  return {
    question: `Cancel the batch of ${counted(requests, 'request')} from ${path.basename(source)}?`,
    detail: `${answered}; the others end as canceled.`,
  };
}

/** `There is nothing to cancel any more: tickets, results on disk.` */
export function nothingToCancel(run: Run): string {
  return `There is nothing to cancel any more: ${nameOf(run)}, ${STATE_WORDS[run.state]}.`;
}
