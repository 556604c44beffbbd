import type { MessageBatch } from '@anthropic-ai/sdk/resources/messages/batches';
import { isObject } from '../batch/json';
import { type Asked, notTheApi, retryAfterMs } from './api-error';
import type { BatchAnswer, BatchPage } from './batches-api';

/** A page of the list as it comes over the wire. */
interface Page {
  readonly data: readonly MessageBatch[];
  readonly has_more: boolean;
  readonly last_id: string | null;
}

/** Throws `RunError` for what is no list of batches. */
export function checkedPage(answer: unknown, { headers }: Response, asked: Asked): BatchPage {
  const page = parsed(answer) as Partial<Page> | null;
  if (!Array.isArray(page?.data)) throw notTheApi(asked);
  const date = Date.parse(headers.get('date') ?? '');
  return {
    batches: page.data.map((batch) => checkedBatch(batch, asked)),
    nextAfterId: (page.has_more && page.last_id) || null,
    serverNow: Number.isNaN(date) ? Date.now() : date,
  };
}

/** Throws `RunError` for what is no batch. */
export function answerOf({ data, response }: { data: MessageBatch; response: Response }, asked: Asked): BatchAnswer {
  const { headers } = response;
  return {
    batch: checkedBatch(data, asked),
    retryAfterMs: retryAfterMs(headers),
    account: {
      organization: headers.get('anthropic-organization-id'),
      workspace: headers.get('anthropic-workspace-id'),
    },
  };
}

/** The same for the answer about one batch: a cache that mixes up its answers must not make one batch of another. */
export function answerFor(batchId: string, answer: BatchAnswer, asked: Asked): BatchAnswer {
  if (answer.batch.id !== batchId) throw notTheApi(asked);
  return answer;
}

/** Throws `RunError` for what is no batch. */
export function checkedBatch(answer: unknown, asked: Asked): MessageBatch {
  const batch = parsed(answer);
  if (!isBatch(batch)) throw notTheApi(asked);
  return batch;
}

/** The SDK gives the text of an answer that a gateway does not call JSON. */
export function parsed(answer: unknown): unknown {
  if (typeof answer !== 'string') return answer;
  try {
    return JSON.parse(answer);
  } catch {
    return null;
  }
}

function isBatch(value: unknown): value is MessageBatch {
  const batch = value as Partial<MessageBatch> | null;
  const isNamed = typeof batch?.id === 'string' && /^[\x21-\x7e]+$/.test(batch.id);
  return isNamed && isObject(batch.request_counts) && typeof batch.created_at === 'string';
}
