import type { Path } from '../finding';
import { isArray, isObject, type Json, type JsonObject } from '../json';
import { remembered } from '../remembered';
import { type Found, tools } from './read';

/** A JSON Schema that the API compiles into a grammar, with its place in the line. */
export type StrictSchema = Found;

/** The schemas of a request that constrain what is written: that of its output, and those of its strict tools. */
export const strictSchemas = remembered((params: JsonObject): readonly StrictSchema[] => {
  const format = outputFormat(params);
  const ofOutput = format ? member(format, 'schema') : [];
  return [...ofOutput, ...strictTools(params).flatMap((tool) => member(tool, 'input_schema'))];
});

/** Those, and every schema in them. */
export const strictSubschemas = remembered((params: JsonObject): readonly Found[] =>
  strictSchemas(params).flatMap(subschemas),
);

/** `output_config.format`, or the older `output_format`, where it is an object. */
export function outputFormat({ output_config: config, output_format: older }: JsonObject): Found | undefined {
  if (isObject(config) && isObject(config.format)) return [config.format, ['params', 'output_config', 'format']];
  return isObject(older) ? [older, ['params', 'output_format']] : undefined;
}

/** The tools with `strict: true`, in order. */
export function strictTools(params: JsonObject): Found[] {
  return tools(params).filter(([tool]) => tool.strict === true);
}

/** A schema and every schema in it that the API supports there, each before what it holds. */
export function subschemas(schema: Found): Found[] {
  const found: Found[] = [];
  collect(schema[0], schema[1], found);
  return found;
}

/** A schema's own parameters: what its `properties` say. */
export function parameters([schema, path]: Found): Found<Json | undefined>[] {
  const properties = isObject(schema.properties) ? schema.properties : {};
  return Object.entries(properties).map(([name, value]) => [value, [...path, 'properties', name]]);
}

/** `type` as a list; empty where it is not said. */
export function typesOf({ type }: JsonObject): string[] {
  return (isArray(type) ? type : [type]).filter((one) => typeof one === 'string');
}

const NAMED = ['$defs', 'definitions', 'properties'] as const;
const LISTED = ['items', 'anyOf', 'allOf', 'oneOf'] as const;

function collect(schema: JsonObject, path: Path, found: Found[]): void {
  found.push([schema, path]);
  for (const key of NAMED) {
    const named = schema[key];
    if (!isObject(named)) continue;
    for (const name of Object.keys(named)) collectInner(named[name], [...path, key, name], found);
  }
  for (const key of LISTED) {
    const listed = schema[key];
    if (!isArray(listed)) continue;
    for (const [index, one] of listed.entries()) collectInner(one, [...path, key, index], found);
  }
  collectInner(schema.items, [...path, 'items'], found);
}

function collectInner(value: Json | undefined, path: Path, found: Found[]): void {
  if (isObject(value)) collect(value, path, found);
}

/** The property `key` where it is an object: one or none. */
function member([holder, path]: Found, key: string): Found[] {
  const value = holder[key];
  return isObject(value) ? [[value, [...path, key]]] : [];
}
