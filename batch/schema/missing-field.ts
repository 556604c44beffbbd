import { type Fix, fix, insert, preferredFix } from '../edit';
import { atKey, type Path } from '../finding';
import type { Json } from '../json';
import { listed, shown } from '../rules/read';
import type { Advice } from './advice';
import type { MissingField } from './explain';
import { fits } from './mend';
import { isUnion, resolve, type Schema, tagsOf } from './schema';
import { nameOf, oneOf, plain } from './words';

/** More choices than these are for completion. */
const MOST_CHOICES = 3;

export function adviseMissingField(fault: MissingField): Advice {
  const { path, name, owner, schema } = fault;
  const missing = `${name} is missing from ${nameOf(path)}`;
  // The object's key or opening brace: its value may fill screens.
  const place = atKey(...path);
  if (!isUnion(schema)) {
    const fixes = proposed(schema, name).map((value) => addition(path, name, value));
    return { place, message: `${missing}, and the API requires it.`, fixes };
  }
  const tags = tagsOf(schema);
  const fitting = tags.filter((tag) => fits({ ...owner, [name]: tag }, schema));
  const choices = fitting.length <= MOST_CHOICES ? fitting : [];
  return {
    place,
    message: `${missing}; it must be ${oneOf(tags)}.`,
    fixes: choices.map((tag) => addition(path, name, tag, choices.length === 1)),
  };
}

/** Of an object of quite another kind. */
export function adviseStranger({ path, owner, schema }: MissingField): Advice {
  const has = listed(Object.keys(owner).slice(0, MOST_CHOICES).map(plain));
  const message = `This is not ${nameOf(path)}: it has ${has}, and needs ${listed([...(schema.required ?? [])])}.`;
  return { place: atKey(...path), message, fixes: [] };
}

/** The only value there can be, or a harmless one: never a model or a text, which are the person's to choose. */
function proposed(schema: Schema, name: string): readonly Json[] {
  const field = resolve(schema.properties?.[name] ?? {});
  if (field.const !== undefined) return [field.const];
  return field.type === 'string' ? [] : (field.examples ?? []).slice(0, 1);
}

function addition(path: Path, name: string, value: Json, certain = false): Fix {
  const title = `Add "${name}": ${shown(value)}`;
  const edit = insert([...path, name], value);
  return certain ? preferredFix(title, edit) : fix(title, edit);
}
