import { open } from 'node:fs/promises';
import { setImmediate } from 'node:timers/promises';
import type { Context } from '../batch/context';
import { bundledModels } from '../batch/cost/models';
import { isObject, type Json } from '../batch/json';
import { analyseLine } from '../batch/lint';
import { answerTo } from './answers';
import type { Batch } from './batch-state';
import type { Ending, RowOutcome } from './options';
import { errorBody } from './refusal';
import { isUnwholeStop, type UnwholeStop } from './row-faults';
import { rowRefusal } from './row-refusal';
import { shuffled } from './seed';

export interface Counts {
  succeeded: number;
  errored: number;
  canceled: number;
  expired: number;
}

type Result =
  | { readonly type: 'succeeded'; readonly message: ReturnType<typeof answerTo> }
  | { readonly type: 'errored'; readonly error: ReturnType<typeof errorBody> }
  | { readonly type: 'canceled' | 'expired' };

/** Rows are written in pieces of about this size. */
const PIECE_CHARACTERS = 1 << 20;

/** After so many milliseconds of work other connections get their turn. */
const TURN_MS = 10;

/** How a request ends, by its `custom_id`, that does not end as its content deserves. */
type Exceptions = (customId: string) => RowOutcome | undefined;

/**
 * Writes the results of a batch to a file, one row per request in an order that is the batch's own, and counts them.
 * Stops between rows when the signal says so.
 */
export async function writeResults(
  batch: Batch,
  path: string,
  { how, exceptions, signal }: { how: Ending; exceptions: Exceptions; signal: AbortSignal },
): Promise<Counts> {
  const counts: Counts = { succeeded: 0, errored: 0, canceled: 0, expired: 0 };
  const context = contextOf(batch);
  const file = await open(path, 'wx', 0o600);
  let piece = '';
  let turnEnds = performance.now() + TURN_MS;
  try {
    for (const [position, index] of shuffled(batch.requests.count(), batch.id).entries()) {
      signal.throwIfAborted();
      const unanswered = position < how.answered ? null : how.rest;
      const { customId, result } = rowOf(batch.requests.read(index), context, unanswered, exceptions);
      counts[result.type]++;
      piece += `${JSON.stringify({ custom_id: customId, result })}\n`;
      if (piece.length > PIECE_CHARACTERS) {
        await file.appendFile(piece);
        piece = '';
      }
      if (performance.now() < turnEnds) continue;
      await setImmediate();
      turnEnds = performance.now() + TURN_MS;
    }
    await file.appendFile(piece);
  } finally {
    await file.close();
  }
  return counts;
}

function contextOf({ apiVersion, betas, createdAt }: Batch): Context {
  return { apiVersion, betas, models: bundledModels, now: createdAt, severities: {} };
}

/** The result of one request; `unanswered` is what becomes of one that was not reached. */
function rowOf(
  text: string,
  context: Context,
  unanswered: Ending['rest'] | null,
  exceptions: Exceptions,
): { customId: string; result: Result } {
  const request = JSON.parse(text) as Json;
  const customId = isObject(request) ? String(request.custom_id) : '';
  const outcome = unanswered ?? exceptions(customId);
  if (typeof outcome === 'object') return { customId, result: errored(outcome.type, outcome.message) };
  if (outcome !== undefined && !isUnwholeStop(outcome)) return { customId, result: { type: outcome } };
  const result = judged(text, request, customId, context);
  return { customId, result: outcome ? stopped(result, outcome) : result };
}

function judged(text: string, request: Json, customId: string, context: Context): Result {
  const params = isObject(request) && isObject(request.params) ? request.params : {};
  // Between its tokens a request may be laid out over many lines; the engine judges one.
  const analysis = analyseLine(text.replace(/[\r\n]/g, ' '), context);
  const refusal = rowRefusal(params, analysis, context);
  if (refusal) return errored(refusal.type, refusal.message);
  const model = context.models.find(String(params.model))?.id ?? String(params.model);
  const inputTokens = analysis.kind === 'request' ? analysis.facts.estimate.inputTokens.expected : 0;
  return { type: 'succeeded', message: answerTo(params, model, inputTokens, customId) };
}

/** Of an answer that stops early there is the first half. */
function stopped(result: Result, stop: UnwholeStop): Result {
  if (result.type !== 'succeeded') return result;
  const content = result.message.content.map(({ type, text }) => ({ type, text: text.slice(0, text.length / 2) }));
  return { ...result, message: { ...result.message, content, stop_reason: stop } };
}

/** Two envelopes, and no request id: it never came to a request. */
function errored(type: string, message: string): Result {
  return { type: 'errored', error: errorBody(type, message, null) };
}
