import fieldDocs from '../../schemas/field-docs.json';
import type { Path } from '../finding';
import { type Json, valueAt } from '../json';
import { listedValues, resolve, type Scalar, type Schema, typesOf } from './schema';
import { alternativesOf, type Candidate, schemasAt } from './schemas-at';
import { nameOf, typeNames } from './words';

/** What may stand at one place of a line: the material of hover and completion. */
export interface FieldInfo {
  /** The property's name; for an array's item what it is, such as `a message`. */
  readonly name: string;
  /** In words, such as `string`, `array of objects`, `"low" | "high"`. */
  readonly type: string;
  /** Markdown. */
  readonly description: string | undefined;
  readonly required: boolean;
  /** The values it may take, where they are listed; not necessarily all of them (`open`). */
  readonly values: readonly FieldValue[];
  /** Other values than those listed are legal too, as with `model`. */
  readonly open: boolean;
  /** The properties an object here may have; empty for anything else. */
  readonly properties: readonly PropertyInfo[];
}

export interface FieldValue {
  readonly value: Scalar;
  readonly description: string | undefined;
}

export interface PropertyInfo {
  readonly name: string;
  readonly type: string;
  readonly description: string | undefined;
  readonly required: boolean;
  /** A JSON text to insert as the value, as an LSP snippet: `"$1"`, `[$1]`, `"ephemeral"`. */
  readonly snippet: string;
}

/** What may stand at `path` of the line `value`; unions follow the `type` or `role` present in the value. */
export function fieldAt(path: Path, value: Json | undefined): FieldInfo | undefined {
  const candidates = schemasAt(path, value);
  const [first] = candidates;
  if (!first) return undefined;
  const schemas = candidates.map(({ schema }) => schema);
  const alternatives = schemas.flatMap((schema) => alternativesOf(schema, valueAt(value, path)));
  return {
    name: nameOf(path),
    type: typeNames(schemas),
    description: describe(first.schema, path.at(-1)),
    required: candidates.every(({ required }) => required),
    values: candidates.flatMap(valuesOf).filter(isFirst),
    open: alternatives.some((schema) => listedValues(schema).length === 0 && schema.type !== 'boolean'),
    properties: propertiesOf(alternatives),
  };
}

/** `null` is legal often and said best by leaving the field out. */
function valuesOf({ schema, kind }: Candidate): FieldValue[] {
  const values = choices(schema).flatMap((choice): readonly Json[] => {
    return choice.type === 'boolean' ? [true, false] : [...listedValues(choice), ...(choice.examples ?? [])];
  });
  const scalars = values.filter((value): value is Scalar => value !== null && typeof value !== 'object');
  return scalars.map((value) => ({ value, description: kind }));
}

function isFirst({ value }: FieldValue, index: number, all: readonly FieldValue[]): boolean {
  return all.findIndex((other) => other.value === value) === index;
}

/** The properties of all alternatives; required are those that every one requires. */
function propertiesOf(alternatives: readonly Schema[]): PropertyInfo[] {
  const objects = alternatives.filter(({ properties }) => properties !== undefined);
  const names = [...new Set(objects.flatMap(({ properties = {} }) => Object.keys(properties)))];
  return names.map((name) => {
    const schemas = objects.flatMap(({ properties = {} }) =>
      Object.hasOwn(properties, name) ? (properties[name] ?? []) : [],
    );
    const [schema = {}] = schemas;
    const constant = schemas.length === 1 ? resolve(schema).const : undefined;
    return {
      name,
      type: typeNames(schemas),
      description: describe(schema, name),
      required: objects.every(({ required = [] }) => required.includes(name)),
      snippet: constant === undefined ? snippetFor(schema) : JSON.stringify(constant),
    };
  });
}

function snippetFor(schema: Schema): string {
  const [first = {}] = choices(schema);
  const [example] = first.examples ?? [];
  if (typeof example === 'number') return `\${1:${example}}`;
  const [type] = typesOf(first) ?? [];
  return SNIPPETS[type ?? ''] ?? '$1';
}

const SNIPPETS: Readonly<Record<string, string>> = {
  string: '"$1"',
  array: '[$1]',
  object: '{$1}',
  boolean: `\${1|true,false|}`,
};

/** The branches of a choice between JSON types, or the schema itself. */
function choices(schema: Schema): readonly Schema[] {
  const resolved = resolve(schema);
  return resolved.anyOf ? resolved.anyOf.flatMap(choices) : [resolved];
}

function describe(schema: Schema, name: string | number | undefined): string | undefined {
  const docs: Readonly<Record<string, string>> = fieldDocs.fields;
  const isKnown = typeof name === 'string' && Object.hasOwn(docs, name);
  return schema.description ?? resolve(schema).description ?? (isKnown ? docs[name] : undefined);
}
