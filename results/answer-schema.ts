import { type OutputUnit, type Schema, Validator } from '@cfworker/json-schema';
import { isArray, isObject, type Json, type JsonObject } from '../batch/json';
import { parseText } from '../runs/custom-id';
import { answerTextOf } from './answer-text';
import { jsonText } from './json-text';

/** The JSON that a request asks for: in `output_config.format`, or as the input of its strict tools. */
export interface AskedJson {
  readonly format: JsonObject | null;
  /** Schemas of strict tools by their names. */
  readonly tools: ReadonlyMap<string, JsonObject>;
}

/** What a parsed request line asks for; null where it carries no schema. */
export function askedJson(request: unknown): AskedJson | null {
  const params = isObject(request) && isObject(request.params) ? request.params : {};
  const format = isObject(params.output_config) ? params.output_config.format : undefined;
  const schema = isObject(format) && isObject(format.schema) ? format.schema : null;
  const tools = new Map<string, JsonObject>();
  for (const tool of isArray(params.tools) ? params.tools : []) {
    if (isObject(tool) && tool.strict === true && typeof tool.name === 'string' && isObject(tool.input_schema))
      tools.set(tool.name, tool.input_schema);
  }
  return schema || tools.size > 0 ? { format: schema, tools } : null;
}

/** Names of the fields that the schemas declare at their top, in their order. */
export function fieldsAsked({ format, tools }: AskedJson): string[] {
  const schemas = [...(format ? [format] : []), ...tools.values()];
  return [...new Set(schemas.flatMap(({ properties }) => (isObject(properties) ? Object.keys(properties) : [])))];
}

/** The values of an answer by the names of its fields; null where a parsed results row holds nothing that was asked for so. */
export function fieldsIn(asked: AskedJson | null, row: unknown): ReadonlyMap<string, Json> | null {
  const [part] = asked ? partsOf(asked, row) : [];
  if (!part) return null;
  const { value } = part;
  return new Map(isObject(value) ? Object.entries(value).map(([name, field]) => [name, field ?? null]) : []);
}

/** A part of an answer that was to fit a schema; `undefined` is no JSON. */
interface Part {
  readonly schema: JsonObject;
  readonly value: Json | undefined;
}

function partsOf({ format, tools }: AskedJson, row: unknown): Part[] {
  const result = isObject(row) && isObject(row.result) ? row.result : {};
  const content = isObject(result.message) ? result.message.content : undefined;
  if (!isArray(content)) return [];
  const calls = content.flatMap((block): Part[] => {
    const schema = isObject(block) && block.type === 'tool_use' ? tools.get(String(block.name)) : undefined;
    return schema && isObject(block) ? [{ schema, value: block.input ?? null }] : [];
  });
  if (calls.length > 0 || !format) return calls;
  return [{ schema: format, value: parseText(answerTextOf(row)) as Json | undefined }];
}

/** The requests of a batch carry few schemas, which are made ready once. */
const MOST_SCHEMAS = 100;

/** Holds answers against what was asked for. */
export class SchemaJudge {
  readonly #validators = new Map<string, Validator>();

  /** What is wrong with the answer of a parsed results row, in words; null where it fits, or nothing is to be judged. */
  faultIn(asked: AskedJson | null, row: unknown): string | null {
    if (!asked) return null;
    for (const { schema, value } of partsOf(asked, row)) {
      const fault = value === undefined ? 'The answer is no JSON.' : this.#faultOf(schema, value);
      if (fault !== null) return fault;
    }
    return null;
  }

  /** A schema that is none itself says nothing of the answer. */
  #faultOf(schema: JsonObject, value: Json): string | null {
    try {
      const { valid, errors } = this.#validatorOf(schema).validate(value);
      if (valid) return null;
      const deepest = errors.reduce<OutputUnit | undefined>(
        (found, error) => (found && found.instanceLocation.length >= error.instanceLocation.length ? found : error),
        undefined,
      );
      return deepest ? `${deepest.instanceLocation.slice(1) || '/'}: ${deepest.error}` : 'It does not fit.';
    } catch {
      return null;
    }
  }

  #validatorOf(schema: JsonObject): Validator {
    const key = JSON.stringify(schema);
    const known = this.#validators.get(key) ?? new Validator(schema as Schema, '2020-12', true);
    if (this.#validators.size >= MOST_SCHEMAS) this.#validators.clear();
    this.#validators.set(key, known);
    return known;
  }
}

/** A value as a cell shows it. */
export function fieldText(value: Json | undefined): string {
  if (value === undefined) return '';
  return typeof value === 'string' ? value : jsonText(value);
}
