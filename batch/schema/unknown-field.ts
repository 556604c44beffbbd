import foreign from '../../schemas/foreign-fields.json';
import unsupported from '../../schemas/unsupported-params.json';
import { type Edit, type Fix, fix, insert, preferredFix, remove, rename, replace } from '../edit';
import { atKey, type Path } from '../finding';
import { isObject, type Json } from '../json';
import type { Advice } from './advice';
import type { UnknownField } from './explain';
import { fits, mended } from './mend';
import { nearest } from './nearest';
import { withToolUse } from './openai';
import { resolve, SCHEMA_DATE, type Schema } from './schema';
import { nameOf, pattern } from './words';

export interface UnknownFieldAdvice extends Advice {
  /** The field of the same object that was meant, where there is one. */
  readonly meant?: string;
}

/** Undefined where another rule speaks of that field. */
export function adviseUnknownField(fault: UnknownField): UnknownFieldAdvice | undefined {
  const { path, name } = fault;
  const at = pattern(path.slice(0, -1));
  if (at === 'params' && unsupported.params.some((param) => param.name === name)) return undefined;
  const known = foreign.fields.find((field) => field.in === at && field.name === name);
  if (known?.to !== undefined && hasField(fault.schema, known.to)) return translated(fault, known.of, known.to);
  if (known?.say !== undefined) {
    const message = `${name} is ${known.of} name and ${known.say}.`;
    return { place: atKey(...path), message, fixes: [...converted(fault), removal(fault)] };
  }
  return misspelt(fault);
}

function translated(fault: UnknownField, whose: string, to: string): UnknownFieldAdvice {
  const [meant = to] = to.split('.');
  const message = `${fault.name} is ${whose} name; the Messages API calls it ${to}.`;
  return { place: atKey(...fault.path), message, meant, fixes: [...moves(fault, to.split('.')), removal(fault)] };
}

function misspelt(fault: UnknownField): UnknownFieldAdvice {
  const { path, name, owner, schema } = fault;
  const found = nearest(name, Object.keys(schema.properties ?? {}));
  const unknown = `${name} is not a field of ${nameOf(path.slice(0, -1))} (as of ${SCHEMA_DATE})`;
  const place = atKey(...path);
  if (!found) return { place, message: `${unknown}, and the API refuses unknown fields.`, fixes: [removal(fault)] };
  const message = `${unknown}; did you mean ${found.name}?`;
  if (Object.hasOwn(owner, found.name)) return { place, message, fixes: [removal(fault)] };
  const make = found.certain ? preferredFix : fix;
  return { place, message, meant: found.name, fixes: [make(`Rename to "${found.name}"`, rename(path, found.name)), removal(fault)] };
}

/** Takes the value to where it belongs, in the shape that is wanted there; nothing where that place is taken. */
function moves({ path, name, owner, schema }: UnknownField, to: readonly string[]): Fix[] {
  const value = owner[name] ?? null;
  const target = fieldAt(schema, to);
  const [first = '', second] = to;
  const parent = path.slice(0, -1);
  const holder = owner[first];
  const moved = fits(value, target) ? value : mended(value, target)?.value;
  if (moved === undefined) return [];
  if (second === undefined) return holder === undefined ? [renaming(path, first, value, moved)] : [];
  if (holder !== undefined && (!isObject(holder) || Object.hasOwn(holder, second))) return [];
  const edit = holder === undefined ? insert([...parent, first], { [second]: moved }) : insert([...parent, first, second], moved);
  return fits(holder === undefined ? { [second]: moved } : { ...holder, [second]: moved }, fieldAt(schema, [first]))
    ? [fix(`Move to "${to.join('.')}"`, edit, remove(path))]
    : [];
}

function renaming(path: Path, key: string, value: Json, moved: Json): Fix {
  if (moved === value) return preferredFix(`Rename to "${key}"`, rename(path, key));
  return fix(`Convert to "${key}"`, insert([...path.slice(0, -1), key], moved), remove(path));
}

/** OpenAI's calls of tools become blocks of the same message. */
function converted({ path, name, owner, schema }: UnknownField): Fix[] {
  const message = name === 'tool_calls' ? withToolUse(owner) : undefined;
  if (message === undefined || !fits(message, schema)) return [];
  const edit: Edit = replace(path.slice(0, -1), message);
  return [fix('Convert to tool_use Blocks', edit)];
}

function removal({ path, name }: UnknownField): Fix {
  return fix(`Remove "${name}"`, remove(path));
}

function hasField(schema: Schema, dotted: string): boolean {
  return Object.hasOwn(schema.properties ?? {}, dotted.split('.')[0] ?? '');
}

/** The schema of a field, or of a field in a field; through `| null` and references. */
function fieldAt(schema: Schema, names: readonly string[]): Schema {
  return names.reduce<Schema>((here, name) => {
    const resolved = resolve(here);
    const holder = [resolved, ...(resolved.anyOf ?? []).map(resolve)].find(({ properties }) => properties && Object.hasOwn(properties, name));
    return holder?.properties?.[name] ?? {};
  }, schema);
}

