import type { JsonObject } from '../json';

/** The shapes that requests are written in beside ours, by the name that a person chooses them by. */
export type ShapeId = 'openai' | 'bedrock' | 'vertex' | 'create-body';

/** A request in another shape, with what of it has no place there. */
export interface Converted {
  readonly value: JsonObject;
  /** What did not carry over, each the name of a field or a few words: `cache_control`, `an image that is a file`. */
  readonly lost: readonly string[];
}

export interface ReadOptions {
  /** For requests that name no model of the API. */
  readonly model: string;
}

/** One request a line in another shape. Neither way throws, whatever the value holds. */
export interface LineShape {
  readonly id: ShapeId;
  /** `OpenAI batch requests` */
  readonly title: string;
  isLine(value: JsonObject): boolean;
  /** To `{custom_id, params}`. */
  read(value: JsonObject, options: ReadOptions): Converted;
  /** From `{custom_id, params}`. */
  write(request: { readonly custom_id: string; readonly params: JsonObject }): Converted;
}

/** The object without the fields that have no value. */
export function defined(object: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined));
}
