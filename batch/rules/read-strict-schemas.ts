import { isArray, isObject, type Json, type JsonObject } from '../json';
import { type Found, objectsIn, tools } from './read';

/** A JSON Schema that the API compiles into a grammar, with its place in the line. */
export type StrictSchema = Found;

/** The schemas of a request that constrain what is written: that of its output, and those of its strict tools. */
export function strictSchemas(params: JsonObject): StrictSchema[] {
  const format = outputFormat(params);
  const ofOutput = format ? member(format, 'schema') : [];
  return [...ofOutput, ...strictTools(params).flatMap((tool) => member(tool, 'input_schema'))];
}

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
export function subschemas([schema, path]: Found): Found[] {
  const named = NAMED.flatMap((key) => member([schema, path], key)).flatMap(membersOf);
  const listed = LISTED.flatMap((key) => objectsIn(schema[key], [...path, key]));
  const inner = [...named, ...member([schema, path], 'items'), ...listed];
  return [[schema, path], ...inner.flatMap(subschemas)];
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

/** The property `key` where it is an object: one or none. */
function member([holder, path]: Found, key: string): Found[] {
  const value = holder[key];
  return isObject(value) ? [[value, [...path, key]]] : [];
}

function membersOf(holder: Found): Found[] {
  return Object.keys(holder[0]).flatMap((name) => member(holder, name));
}
