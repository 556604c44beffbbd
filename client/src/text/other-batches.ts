import { counted } from '../../../batch/wording';
import { totalOf } from '../../../runs/batch-state';
import { resultsUntil, utc } from '../../../runs/deadlines';
import type { BatchSnapshot } from '../../../runs/run';
import { doneOf, elapsed } from '../../../runs/run-words';
import type { Question } from './submit';

/** How a batch of others stands in the list; `icon` is a codicon. */
export interface OtherRow {
  readonly label: string;
  readonly description: string;
  readonly icon: string;
  readonly tooltip: string;
  readonly spoken: string;
  /** The words that the manifest's menus look for. */
  readonly words: readonly string[];
}

const STATUS_WORDS: Readonly<Record<BatchSnapshot['processing_status'], string>> = {
  in_progress: 'in progress',
  canceling: 'being canceled',
  ended: 'ended',
};

/** Its results can be fetched. */
export const hasEnded = ({ processing_status, archived_at }: BatchSnapshot): boolean =>
  processing_status === 'ended' && archived_at === null;

/** `now` in ms since 1970. */
export function otherRow(batch: BatchSnapshot, now: number): OtherRow {
  const created = Date.parse(batch.created_at);
  const status = batch.archived_at ? 'results archived' : STATUS_WORDS[batch.processing_status];
  const label = `${counted(totalOf(batch), 'request')} ${status}`;
  const description = `${elapsed(now - created)} ago · ${batch.id}`;
  const { succeeded, errored, canceled, expired } = batch.request_counts;
  const outcome = `${succeeded} succeeded, ${errored} errored, ${canceled} canceled, ${expired} expired`;
  const facts = [
    `Batch ${batch.id}`,
    `Created ${utc(created)}, not submitted from here`,
    doneOf(batch.request_counts) > 0 ? outcome : undefined,
    batch.archived_at ? undefined : `Results are kept until ${utc(resultsUntil(batch))}`,
  ];
  return {
    label,
    description,
    icon: iconOf(batch),
    tooltip: facts.filter(Boolean).join('\n'),
    spoken: `${label}, ${description}`,
    words: [batch.processing_status, ...(hasEnded(batch) ? ['with-results'] : [])],
  };
}

function iconOf(batch: BatchSnapshot): string {
  if (batch.archived_at) return 'archive';
  return batch.processing_status === 'ended' ? 'pass' : 'sync';
}

export function cancelOtherQuestion(batch: BatchSnapshot): Question {
  return {
    message: `Cancel the batch of ${counted(totalOf(batch), 'request')}?`,
    detail: `${whose(batch)} Requests that are answered by then are billed; the others end as canceled.`,
    buttons: ['Cancel Batch'],
  };
}

export function deleteOtherQuestion(batch: BatchSnapshot): Question {
  return {
    message: `Delete the batch of ${counted(totalOf(batch), 'request')}?`,
    detail: `${whose(batch)} It is deleted with its results for everyone in the API workspace, and cannot be brought back.`,
    buttons: ['Delete Batch'],
  };
}

function whose({ id, created_at }: BatchSnapshot): string {
  return `${id} was created at ${utc(Date.parse(created_at))} and not submitted from here: it may be a colleague's.`;
}

/** Why the results of a batch cannot be fetched, as a sentence; undefined where they can. */
export function noResultsOf(batch: BatchSnapshot): string | undefined {
  if (batch.archived_at)
    return `The results of ${batch.id} were archived at ${batch.archived_at} and cannot be had any more.`;
  if (batch.processing_status === 'ended') return undefined;
  return `The batch ${batch.id} is ${STATUS_WORDS[batch.processing_status]}: its results are there when it has ended.`;
}

/** Why a text is no batch's id, as a sentence. */
export function batchIdProblem(text: string): string | undefined {
  return /^msgbatch_[A-Za-z0-9_-]+$/.test(text.trim()) ? undefined : 'The id of a batch begins with "msgbatch_".';
}
