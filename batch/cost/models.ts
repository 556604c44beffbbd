import bundled from '../../schemas/models.json';
import schema from '../../schemas/models.schema.json';
import tokens from '../../schemas/tokens.json';
import { fnv1a } from '../context';
import type { JsonObject } from '../json';
import type { Calibration } from './calibration';
import type { SeenOutput } from './expected-output';
import type { Expected } from './learned';

/** USD per 1,000,000 tokens, outside a batch. */
export interface Price {
  readonly input: number;
  readonly cache_write_5m: number;
  readonly cache_write_1h: number;
  readonly cache_read: number;
  readonly output: number;
}

/** One row of `schemas/models.json`; `schemas/models.schema.json` explains every field. */
export interface Model {
  readonly id: string;
  readonly name: string;
  readonly aliases: readonly string[];
  readonly status: 'active' | 'deprecated' | 'retired';
  readonly retires_on: string | null;
  readonly retired_on: string | null;
  readonly replacement: string | null;
  readonly context_window: number;
  readonly max_output_tokens: number;
  readonly takes_300k_output_beta: boolean;
  readonly price_usd_per_mtok: Price | null;
  /** What the whole request costs when its prompt is longer than `prompt_tokens`. */
  readonly price_above_prompt_tokens: (Price & { readonly prompt_tokens: number }) | null;
  readonly tokenizer: 'old' | 'new';
  readonly image_tier: 'standard' | 'high-res';
  readonly cache_min_tokens: number;
  readonly tool_prompt_tokens: { readonly auto: number; readonly forced: number | null } | null;
  readonly thinking: {
    readonly accepts: readonly string[];
    readonly default: 'always' | 'on' | 'off';
    readonly disabled_max_effort: string | null;
    /** Without thinking, no message may set an effort that differs from the request's. */
    readonly disabled_fixes_effort: boolean;
  } | null;
  readonly effort: readonly string[] | null;
  readonly effort_default: string | null;
  /** What 2023-06-01 takes of temperature, top_p and top_k; 2026-10-21 takes none. */
  readonly sampling: 'free' | 'defaults-only' | 'one-fixed';
  readonly temperature_with_top_p: boolean;
  readonly assistant_prefill: boolean;
  readonly forced_tool_choice: boolean;
  readonly system_role_messages: boolean;
  readonly inference_geo: boolean;
}

/** The fields of a row that settings may override. */
export const MODEL_FIELDS: readonly string[] = Object.keys(schema.definitions.fields.properties);

const NOTHING_EXPECTED: Expected = { output: { seen: {}, usual: null }, input: {} };

/** The models that are known, by id and alias. Immutable; an overlay makes a new table. */
export class ModelTable {
  readonly #byName = new Map<string, Model>();
  readonly #standIn: Model | undefined;
  #hash: string | undefined;

  /**
   * `date` is the day (ISO) on which the rows were last held against their sources. With the id of a `standIn` every name
   * means that model.
   */
  constructor(
    readonly models: readonly Model[],
    readonly date: string,
    readonly batchFactor: number,
    readonly usInferenceFactor: number,
    readonly expected: Expected = NOTHING_EXPECTED,
    readonly standIn: string | null = null,
  ) {
    for (const model of models) for (const name of [model.id, ...model.aliases]) this.#byName.set(name, model);
    this.#standIn = standIn === null ? undefined : this.#byName.get(standIn);
  }

  /** Changes when any row does. */
  get hash(): string {
    this.#hash ??= fnv1a(JSON.stringify(this.models));
    return this.#hash;
  }

  /** Changes when other figures are expected. */
  get expectedHash(): string {
    return fnv1a(JSON.stringify(this.expected));
  }

  /** The model with exactly this id or alias. An unknown id never borrows a sibling's row. */
  find(name: string | undefined): Model | undefined {
    return name === undefined ? undefined : (this.#standIn ?? this.#byName.get(name));
  }

  /** Every id and alias. */
  names(): string[] {
    return [...this.#byName.keys()];
  }

  /**
   * This table with rows added, or single fields of rows overridden, by id or alias; `date` is the overrides' where it is
   * theirs that counts, as are the `factors`.
   */
  with(
    overrides: { readonly [name: string]: JsonObject },
    date = this.date,
    factors: Pick<ModelTable, 'batchFactor' | 'usInferenceFactor'> = this,
  ): ModelTable {
    const rows = new Map(this.models.map((model) => [model.id, model]));
    for (const [name, fields] of Object.entries(overrides)) {
      const known = this.find(name) ?? nothingKnown(name, this.models);
      rows.set(known.id, { ...known, ...fields } as Model);
    }
    const { batchFactor, usInferenceFactor } = factors;
    return new ModelTable([...rows.values()], date, batchFactor, usInferenceFactor, this.expected, this.standIn);
  }

  /** This table, and what is expected of requests and answers. It decides nothing about what is accepted, so the hash stays. */
  expecting(expected: Expected): ModelTable {
    const { models, date, batchFactor, usInferenceFactor, standIn } = this;
    return new ModelTable(models, date, batchFactor, usInferenceFactor, expected, standIn);
  }

  /**
   * This table, where every name means the model of this id, as if all requests named it. What was learned of models with
   * the same tokenizer holds for it as well.
   */
  as(id: string): ModelTable {
    const { models, date, batchFactor, usInferenceFactor, expected } = this;
    return new ModelTable(models, date, batchFactor, usInferenceFactor, expected, id);
  }

  /** What was seen of the answers of the model of this name. */
  seenOutput(name: string): SeenOutput | undefined {
    const { seen } = this.expected.output;
    const id = this.find(name)?.id ?? name;
    return Object.hasOwn(seen, id) ? seen[id] : undefined;
  }

  /** How the input of the model of this id was counted by the API. */
  calibration(id: string): Calibration | undefined {
    const { input } = this.expected;
    if (Object.hasOwn(input, id) || !this.#standIn) return Object.hasOwn(input, id) ? input[id] : undefined;
    const { tokenizer, image_tier } = this.#standIn;
    const alike = this.models.find(
      (model) => model.tokenizer === tokenizer && model.image_tier === image_tier && Object.hasOwn(input, model.id),
    );
    return alike && input[alike.id];
  }

  /** Tokens that an answer of the model of this name has on average, or as a person set it; undefined where nothing tells. */
  usualOutput(name: string): number | undefined {
    const seen = this.seenOutput(name);
    if (seen && seen.rows > 0) return Math.round(seen.tokens / seen.rows);
    return (this.#standIn && this.#translatedOutput(name, this.#standIn)) ?? this.expected.output.usual ?? undefined;
  }

  /** What answers of the model that is really named would have in the tokens of the one that stands in for it. */
  #translatedOutput(name: string, standIn: Model): number | undefined {
    const named = this.#byName.get(name);
    const { seen } = this.expected.output;
    const ofNamed = named && Object.hasOwn(seen, named.id) ? seen[named.id] : undefined;
    if (!named || !ofNamed || ofNamed.rows === 0) return undefined;
    return Math.round((ofNamed.tokens / ofNamed.rows) * tokensForOne(named, standIn));
  }
}

/** The family of a model's tokenizer. A model that is not known counts as one of the newest. */
export function familyOf(model: Model | undefined): Model['tokenizer'] {
  return model?.tokenizer ?? 'new';
}

/** Tokens that `to` makes of a text of which `from` makes one. */
export function tokensForOne(from: Model, to: Model): number {
  const letters = (model: Model): number => tokens.families[familyOf(model)].text.letter;
  return letters(to) / letters(from);
}

/** Stands for a number of tokens that is not known: nothing reaches it. */
export const UNKNOWN_LIMIT = Number.MAX_SAFE_INTEGER;

/** What is not known of a new model refuses nothing: it takes whatever one of `models` takes, and has no price. */
function nothingKnown(id: string, models: readonly Model[]): Model {
  const efforts = models.map(({ effort }) => effort ?? []);
  return {
    id,
    name: id,
    aliases: [],
    status: 'active',
    retires_on: null,
    retired_on: null,
    replacement: null,
    context_window: UNKNOWN_LIMIT,
    max_output_tokens: UNKNOWN_LIMIT,
    takes_300k_output_beta: false,
    price_usd_per_mtok: null,
    price_above_prompt_tokens: null,
    tokenizer: 'new',
    image_tier: 'high-res',
    cache_min_tokens: 0,
    tool_prompt_tokens: null,
    thinking: {
      accepts: [...new Set(models.flatMap(({ thinking }) => thinking?.accepts ?? []))],
      default: 'on',
      disabled_max_effort: null,
      disabled_fixes_effort: false,
    },
    effort: efforts.reduce((most, levels) => (levels.length > most.length ? levels : most), []),
    effort_default: null,
    sampling: 'free',
    temperature_with_top_p: true,
    assistant_prefill: true,
    forced_tool_choice: true,
    system_role_messages: true,
    inference_geo: true,
  };
}

export const bundledModels = new ModelTable(
  bundled.models as readonly Model[],
  bundled.date,
  bundled.batch_discount.factor,
  bundled.inference_geo_us_factor.factor,
);
