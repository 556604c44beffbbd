import type { ModelTable, Price } from '../batch/cost/models';
import { serverToolFees } from '../batch/cost/server-tool-fees';
import { isObject, type JsonObject } from '../batch/json';
import { type Concern, concernOf } from './concern';
import type { Usage } from './result';
import type { ModelAnswers } from './run';
import { shortMessageIn } from './short-message';

/**
 * USD that the API bills for one answered request of a batch: its tokens, and what server tools cost by the call. Null
 * where the model has no price here. `model` and `usage` as in the answer.
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
  return (perMillion / 1_000_000) * table.batchFactor * geo + serverToolFees(usage.server_tool_use);
}

/** What the answered rows of a results file cost and used, added up as they go by. */
export class Spend {
  #usd: number | null = 0;
  readonly #byModel = new Map<string, Used>();
  /** Answers that are not whole, by what they lack. */
  readonly suspicious: Partial<Record<Concern, number>> = {};
  readonly #table: ModelTable;

  constructor(table: ModelTable) {
    this.#table = table;
  }

  /** A `succeeded` row's bytes; the others are not billed. */
  add(row: Uint8Array): void {
    const message = shortMessageIn(row) ?? {};
    const answer = usageOf(message);
    const usd = answer && costOfUsage(answer.model, answer.usage, this.#table);
    this.#usd = usd === null || this.#usd === null ? null : this.#usd + usd;
    if (answer) addUsage(this.#of(answer.model), answer.usage);
    const concern = concernOf(message);
    if (concern) this.suspicious[concern] = (this.suspicious[concern] ?? 0) + 1;
  }

  /** Null where a row has no price here. */
  get usd(): number | null {
    return this.#usd;
  }

  /** Models with most rows first. */
  get answers(): ModelAnswers[] {
    return [...this.#byModel].map(([model, used]) => answersOf(model, used)).sort((a, b) => b.rows - a.rows);
  }

  #of(model: string): Used {
    const known = this.#byModel.get(model) ?? { input: 0, cacheWrite: 0, cacheRead: 0, outputs: [] };
    this.#byModel.set(model, known);
    return known;
  }
}

interface Used {
  input: number;
  cacheWrite: number;
  cacheRead: number;
  readonly outputs: number[];
}

function addUsage(sum: Used, usage: Usage): void {
  sum.input += usage.input_tokens;
  sum.cacheWrite += usage.cache_creation_input_tokens ?? 0;
  sum.cacheRead += usage.cache_read_input_tokens ?? 0;
  sum.outputs.push(usage.output_tokens);
}

function answersOf(model: string, { input, cacheWrite, cacheRead, outputs }: Used): ModelAnswers {
  const sorted = Float64Array.from(outputs).sort();
  return {
    model,
    rows: outputs.length,
    inputTokens: input,
    cacheWriteTokens: cacheWrite,
    cacheReadTokens: cacheRead,
    outputTokens: outputs.reduce((sum, tokens) => sum + tokens, 0),
    mostOutputTokens: sorted.at(-1) ?? 0,
    p99OutputTokens: sorted[Math.ceil(0.99 * sorted.length) - 1] ?? 0,
  };
}

/** Model and usage of an answer; null where it does not tell them. */
function usageOf({ model, usage }: JsonObject): { model: string; usage: Usage } | null {
  return typeof model === 'string' && isUsage(usage) ? { model, usage } : null;
}

function isUsage(value: unknown): value is Usage {
  return isObject(value) && typeof value.input_tokens === 'number' && typeof value.output_tokens === 'number';
}
