import type { ApiFault } from '../batch/api-fault';
import type { ModelTable } from '../batch/cost/models';
import { isArray, isObject, type Json, type JsonObject } from '../batch/json';
import { concernOf } from '../runs/concern';
import type { Usage } from '../runs/result';
import { costOfUsage } from '../runs/usage-cost';
import { textOf } from './answer-text';
import type { Outcome } from './outcome';

/** What a row of a results file says, without its text. */
export interface RowFacts {
  /** Null where the line is no result. */
  readonly customId: string | null;
  readonly outcome: Outcome;
  /** The API's `stop_reason`, or `empty`; null where there is no answer. */
  readonly stopReason: string | null;
  /** Of a failed row. */
  readonly fault: ApiFault | null;
  readonly model: string | null;
  readonly tokens: Tokens | null;
  /** USD of an answer; null where nothing was billed or the model has no price. */
  readonly usd: number | null;
  /** UTF-16 units of the answer's text. */
  readonly length: number;
}

/** As the API reports them. */
export interface Tokens {
  readonly input: number;
  readonly output: number;
  readonly cacheRead: number;
  readonly cacheWritten: number;
}

const NOTHING: RowFacts = {
  customId: null,
  outcome: 'unreadable',
  stopReason: null,
  fault: null,
  model: null,
  tokens: null,
  usd: null,
  length: 0,
};

/** Reads a parsed line of a results file; tolerant of whatever a gateway wrote, never throws. */
export function rowFacts(row: unknown, models: ModelTable): RowFacts {
  if (!isObject(row) || typeof row.custom_id !== 'string' || !isObject(row.result)) return NOTHING;
  const { custom_id: customId, result } = row;
  switch (result.type) {
    case 'succeeded':
      return { ...NOTHING, customId, ...succeeded(messageOf(result), models) };
    case 'errored':
      return { ...NOTHING, customId, outcome: 'failed', fault: faultOf(result) };
    case 'expired':
    case 'canceled':
      return { ...NOTHING, customId, outcome: result.type };
    default:
      return { ...NOTHING, customId };
  }
}

/** What is known of a submitted request that has no row. */
export function missingRow(customId: string): RowFacts {
  return { ...NOTHING, customId, outcome: 'missing' };
}

/** `{"type": "errored", "error": {"type": "error", "error": {"type": …, "message": …}}}` */
export function faultOf(result: JsonObject): ApiFault {
  const outer = isObject(result.error) ? result.error : {};
  const { type, message } = isObject(outer.error) ? outer.error : outer;
  return {
    type: typeof type === 'string' ? type : 'unknown',
    message: typeof message === 'string' ? message : 'The API gave no message.',
  };
}

function messageOf({ message }: JsonObject): JsonObject {
  return isObject(message) ? message : {};
}

function succeeded(message: JsonObject, models: ModelTable): Partial<RowFacts> {
  const { stop_reason, content, model, usage } = message;
  const blocks = isArray(content) ? content : [];
  const concern = concernOf(message);
  return {
    outcome: concern === null ? 'answered' : 'suspicious',
    stopReason: concern ?? (typeof stop_reason === 'string' ? stop_reason : null),
    model: typeof model === 'string' ? model : null,
    ...billed(model, usage, models),
    length: textOf(blocks).length,
  };
}

function billed(
  model: Json | undefined,
  usage: Json | undefined,
  models: ModelTable,
): Pick<RowFacts, 'tokens' | 'usd'> {
  if (!isObject(usage)) return { tokens: null, usd: null };
  const figure = (name: string): number => {
    const value = usage[name];
    return typeof value === 'number' && Number.isFinite(value) ? value : 0;
  };
  const tokens: Tokens = {
    input: figure('input_tokens'),
    output: figure('output_tokens'),
    cacheRead: figure('cache_read_input_tokens'),
    cacheWritten: figure('cache_creation_input_tokens'),
  };
  const usd = typeof model === 'string' ? costOfUsage(model, usage as unknown as Usage, models) : null;
  return { tokens, usd: usd !== null && Number.isFinite(usd) ? usd : null };
}
