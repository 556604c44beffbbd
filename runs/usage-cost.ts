import type { ModelTable, Price } from '../batch/cost/models';
import { isObject } from '../batch/json';
import { asBuffer, parseLine, parseText } from './custom-id';
import type { Usage } from './result';

/**
 * USD that the API bills for the tokens of one answered request of a batch; null where the model has no price here.
 * `model` and `usage` as in the answer. What server tools cost by the call is not in it.
 */
export function costOfUsage(model: string, usage: Usage, table: ModelTable): number | null {
  const row = table.find(model);
  if (!row?.price_usd_per_mtok) return null;
  const written = usage.cache_creation_input_tokens ?? 0;
  const read = usage.cache_read_input_tokens ?? 0;
  const prompt = usage.input_tokens + written + read;
  const above = row.price_above_prompt_tokens;
  const price: Price = above && prompt > above.prompt_tokens ? above : row.price_usd_per_mtok;
  const writtenFor1h = usage.cache_creation?.ephemeral_1h_input_tokens ?? 0;
  const perMillion =
    usage.input_tokens * price.input +
    (written - writtenFor1h) * price.cache_write_5m +
    writtenFor1h * price.cache_write_1h +
    read * price.cache_read +
    usage.output_tokens * price.output;
  const geo = usage.inference_geo === 'us' && row.inference_geo ? table.usInferenceFactor : 1;
  return (perMillion / 1_000_000) * table.batchFactor * geo;
}

/** What the answered rows of a results file cost, added up as they go by. */
export class Spend {
  #usd: number | null = 0;
  readonly #table: ModelTable;

  constructor(table: ModelTable) {
    this.#table = table;
  }

  /** A `succeeded` row's bytes; the others are not billed. */
  add(row: Uint8Array): void {
    const answer = usageOf(row);
    const usd = answer && costOfUsage(answer.model, answer.usage, this.#table);
    this.#usd = usd === null || this.#usd === null ? null : this.#usd + usd;
  }

  /** Null where a row has no price here. */
  get usd(): number | null {
    return this.#usd;
  }
}

/** The API writes these before the content, in whatever order; inside a string no unescaped quote can imitate them. */
const MODEL =
  /^\{"custom_id":"[\w-]+","result":\{"type":"succeeded","message":\{(?:"(?:id|type|role)":"[^"\\]*",)*"model":"([^"\\]*)"/;
const USAGE = Buffer.from('"usage":{');
const HEAD_BYTES = 400;
/** Message, result and row end after the usage, where it is the message's last field. */
const CLOSERS = '}}}';

/** The model that answered a `succeeded` row; null where it is not told. */
export function answeredModel(row: Uint8Array): string | null {
  const line = Buffer.from(row.buffer, row.byteOffset, row.length);
  return MODEL.exec(line.toString('latin1', 0, HEAD_BYTES))?.[1] ?? parsedUsageOf(row)?.model ?? null;
}

/** Model and usage of a `succeeded` row: cut out of it where the row looks as usual, because most of it is text. */
function usageOf(row: Uint8Array): { model: string; usage: Usage } | null {
  const line = asBuffer(row);
  const model = MODEL.exec(line.toString('latin1', 0, HEAD_BYTES))?.[1];
  const at = model ? line.lastIndexOf(USAGE) : -1;
  const tail = at === -1 ? '' : line.toString('utf8', at + USAGE.length - 1).trimEnd();
  const usage = tail.endsWith(CLOSERS) ? parseText(tail.slice(0, -CLOSERS.length)) : undefined;
  return model && isUsage(usage) ? { model, usage } : parsedUsageOf(row);
}

function parsedUsageOf(row: Uint8Array): { model: string; usage: Usage } | null {
  const value = parseLine(row);
  const result = isObject(value) ? value.result : undefined;
  const message = isObject(result) ? result.message : undefined;
  if (!isObject(message) || typeof message.model !== 'string' || !isUsage(message.usage)) return null;
  return { model: message.model, usage: message.usage };
}

function isUsage(value: unknown): value is Usage {
  return isObject(value) && typeof value.input_tokens === 'number' && typeof value.output_tokens === 'number';
}
