import type { Path } from '../finding';
import type { Json, JsonObject } from '../json';
import { isArray, isObject } from '../json';
import { brokenLimit, type Limit } from './broken-limit';
import { branchOf, fitsType, isUnion, LINE, resolve, type Schema, type Union } from './schema';

/** One mistake in a value's shape. `path` leads to the value or property that is wrong, or to the object that lacks one. */
export type ShapeFault = UnknownField | MissingField | WrongType | InvalidValue | UnknownType;

export interface UnknownField {
  readonly kind: 'unknown-field';
  readonly path: Path;
  readonly name: string;
  /** The object that has the field, and what it should look like. */
  readonly owner: JsonObject;
  readonly schema: Schema;
}

export interface MissingField {
  readonly kind: 'missing-field';
  readonly path: Path;
  readonly name: string;
  readonly owner: JsonObject;
  /** The object's schema; a union where the field is the tag that would select a branch. */
  readonly schema: Schema;
}

export interface WrongType {
  readonly kind: 'wrong-type';
  readonly path: Path;
  readonly value: Json;
  readonly schema: Schema;
  /** The property that holds the value may be left out. */
  readonly optional: boolean;
}

export interface InvalidValue {
  readonly kind: 'invalid-value';
  readonly path: Path;
  readonly value: Json;
  readonly schema: Schema;
  /** The first keyword that the value breaks. */
  readonly limit: Limit;
}

export interface UnknownType {
  readonly kind: 'unknown-type';
  /** Of the tag. */
  readonly path: Path;
  readonly value: Json;
  readonly owner: JsonObject;
  readonly schema: Union;
}

/**
 * Every mistake in the shape of `value`, empty exactly where the compiled validator says yes: one mistake gives one
 * fault, since a union is judged by the one branch that its tag selects.
 */
export function explain(value: Json, schema: Schema = LINE, path: Path = [], optional = false): ShapeFault[] {
  const expected = resolve(schema);
  if (!fitsType(value, expected)) return [{ kind: 'wrong-type', path, value, schema: expected, optional }];
  const branch = expected.anyOf?.find((each) => fitsType(value, each));
  if (branch) return explain(value, branch, path);
  if (isArray(value)) return [...limits(value, expected, path), ...explainItems(value, expected, path)];
  if (!isObject(value)) return limits(value, expected, path);
  return isUnion(expected) ? explainUnion(value, expected, path) : explainObject(value, expected, path);
}

function limits(value: Json, schema: Schema, path: Path): ShapeFault[] {
  const limit = brokenLimit(value, schema);
  return limit ? [{ kind: 'invalid-value', path, value, schema, limit }] : [];
}

function explainItems(items: readonly Json[], { items: item }: Schema, path: Path): ShapeFault[] {
  return item ? items.flatMap((value, index) => explain(value, item, [...path, index])) : [];
}

function explainUnion(owner: JsonObject, schema: Union, path: Path): ShapeFault[] {
  const branch = branchOf(schema, owner);
  if (branch) return explainObject(owner, branch, path);
  const name = schema.discriminator.propertyName;
  const value = Object.hasOwn(owner, name) ? owner[name] : undefined;
  if (value === undefined) return [{ kind: 'missing-field', path, name, owner, schema }];
  return [{ kind: 'unknown-type', path: [...path, name], value, owner, schema }];
}

function explainObject(owner: JsonObject, schema: Schema, path: Path): ShapeFault[] {
  const kind = wrongKind(owner, schema, path);
  if (kind) return [kind];
  const missing = (schema.required ?? []).filter((name) => !Object.hasOwn(owner, name));
  return [
    ...missing.map((name): MissingField => ({ kind: 'missing-field', path, name, owner, schema })),
    ...Object.keys(owner).flatMap((name) => explainField(owner, name, schema, path)),
  ];
}

/** An object of another kind than the only one that may stand here: what else is wrong with it follows from that. */
function wrongKind({ type }: JsonObject, { properties = {} }: Schema, path: Path): ShapeFault | undefined {
  const schema = resolve(properties.type ?? {});
  if (typeof type !== 'string' || schema.const === undefined) return undefined;
  return limits(type, schema, [...path, 'type'])[0];
}

function explainField(owner: JsonObject, name: string, schema: Schema, path: Path): ShapeFault[] {
  const { properties = {}, additionalProperties: others = true } = schema;
  const value = owner[name];
  const field = Object.hasOwn(properties, name) ? properties[name] : others;
  if (value === undefined || field === true || field === undefined) return [];
  if (field === false) return [{ kind: 'unknown-field', path: [...path, name], name, owner, schema }];
  return explain(value, field, [...path, name], !schema.required?.includes(name));
}
