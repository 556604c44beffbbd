import requestSchema from '../../schemas/batch-request.schema.json';
import type { Json, JsonObject } from '../json';
import { isArray, isObject } from '../json';

export type JsonType = 'string' | 'number' | 'integer' | 'boolean' | 'null' | 'array' | 'object';

export type Scalar = string | number | boolean | null;

/** The part of JSON Schema (draft-07) that our generated schemas use. Branches of `anyOf` differ in their JSON type. */
export interface Schema {
  readonly $ref?: string;
  readonly type?: JsonType | readonly JsonType[];
  /** Markdown. */
  readonly description?: string;
  readonly const?: Scalar;
  readonly enum?: readonly Scalar[];
  /** Values worth proposing; others are legal too. */
  readonly examples?: readonly Json[];
  readonly minimum?: number;
  readonly maximum?: number;
  /** Lengths of texts count code points. */
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly pattern?: string;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean | Schema;
  readonly anyOf?: readonly Schema[];
  /** Objects told apart by the constant in `discriminator.propertyName`. */
  readonly oneOf?: readonly Schema[];
  readonly discriminator?: { readonly propertyName: string };
  /** The `$ref` of the branch that may leave its tag out. */
  readonly 'x-default-branch'?: string;
}

/** A union of tagged objects. */
export type Union = Schema & Required<Pick<Schema, 'oneOf' | 'discriminator'>>;

const ROOT = requestSchema as unknown as Schema & {
  readonly definitions: Readonly<Record<string, Schema>>;
  readonly 'x-date': string;
};

/** What a whole line `{custom_id, params}` must look like. */
export const LINE: Schema = { $ref: ROOT.$ref };

/** The day of the SDK release that the schema was generated from, such as `2026-11-19`. */
export const SCHEMA_DATE = ROOT['x-date'];

/** The schema itself where `schema` only refers to it. */
export function resolve(schema: Schema): Schema {
  if (schema.$ref === undefined) return schema;
  return resolve(ROOT.definitions[schema.$ref.slice('#/definitions/'.length)] ?? {});
}

export function isUnion(schema: Schema): schema is Union {
  return schema.discriminator !== undefined;
}

/** The JSON types that `schema` allows; undefined where it allows all. */
export function typesOf(schema: Schema): readonly JsonType[] | undefined {
  const { type, anyOf, oneOf } = resolve(schema);
  if (type !== undefined) return typeof type === 'string' ? [type] : type;
  if (oneOf !== undefined) return ['object'];
  return anyOf?.flatMap((branch) => typesOf(branch) ?? []);
}

export function hasType(value: Json, type: JsonType): boolean {
  switch (type) {
    case 'null':
      return value === null;
    case 'array':
      return isArray(value);
    case 'object':
      return isObject(value);
    case 'integer':
      return Number.isInteger(value);
    case 'number':
      return Number.isFinite(value);
    default:
      return typeof value === type;
  }
}

/** Whether the JSON type of `value` is one that `schema` allows. */
export function fitsType(value: Json, schema: Schema): boolean {
  return typesOf(schema)?.some((type) => hasType(value, type)) ?? true;
}

/** The values that a schema with `const` or `enum` allows; empty where it lists none. */
export function listedValues(schema: Schema): readonly Scalar[] {
  return schema.enum ?? (schema.const === undefined ? [] : [schema.const]);
}

/** The tags of a union in their order, such as `text`, `image`. */
export function tagsOf(union: Union): readonly Scalar[] {
  return union.oneOf.flatMap((branch) => listedValues(tagSchema(union, resolve(branch))));
}

/** The branch that the tag in `value` selects; undefined where the tag is unknown, or is missing and may not be. */
export function branchOf(union: Union, value: JsonObject): Schema | undefined {
  const name = union.discriminator.propertyName;
  const tag = Object.hasOwn(value, name) ? value[name] : undefined;
  if (tag === undefined) return union['x-default-branch'] ? resolve({ $ref: union['x-default-branch'] }) : undefined;
  return union.oneOf
    .map(resolve)
    .find((branch) => listedValues(tagSchema(union, branch)).some((known) => known === tag));
}

function tagSchema(union: Union, branch: Schema): Schema {
  return branch.properties?.[union.discriminator.propertyName] ?? {};
}
