import { type OutputUnit, type Schema, Validator } from '@cfworker/json-schema';
import { isArray, isObject, type Json, type JsonObject } from '../batch/json';
import { answerTextOf } from './answer-text';

/** The JSON that a request asks for: in `output_config.format`, or as the input of its strict tools. */
export interface AskedJson {
  readonly format: JsonObject | null;
  /** Schemas of strict tools by their names. */
  readonly tools: ReadonlyMap<string, JsonObject>;
}

/** How an answer fits what was asked for. */
export interface Fit {
  /** What is wrong, in words; null where it fits. */
  readonly fault: string | null;
  /** The values of the answer by the names of its fields. */
  readonly fields: ReadonlyMap<string, Json>;
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

/** Holds the answer of a parsed results row against what was asked; null where it holds nothing to be judged. */
export function fitOf(asked: AskedJson, row: unknown): Fit | null {
  const result = isObject(row) && isObject(row.result) ? row.result : {};
  const content = isObject(result.message) ? result.message.content : undefined;
  if (!isArray(content)) return null;
  for (const block of content) {
    const schema = isObject(block) && block.type === 'tool_use' ? asked.tools.get(String(block.name)) : undefined;
    if (schema && isObject(block)) return judged(schema, block.input ?? null);
  }
  if (!asked.format) return null;
  try {
    return judged(asked.format, JSON.parse(answerTextOf(row)) as Json);
  } catch {
    return { fault: 'The answer is no JSON.', fields: new Map() };
  }
}

function judged(schema: JsonObject, value: Json): Fit {
  const fields = new Map(isObject(value) ? Object.entries(value).map(([name, field]) => [name, field ?? null]) : []);
  return { fault: faultOf(schema, value), fields };
}

/** A schema that is none itself says nothing of the answer. */
function faultOf(schema: JsonObject, value: Json): string | null {
  try {
    const { valid, errors } = new Validator(schema as Schema, '2020-12', true).validate(value);
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

/** A value as a cell shows it. */
export function fieldText(value: Json | undefined): string {
  if (value === undefined) return '';
  return typeof value === 'string' ? value : JSON.stringify(value);
}
