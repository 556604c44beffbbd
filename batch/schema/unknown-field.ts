import foreign from '../../schemas/foreign-fields.json';
import unsupported from '../../schemas/unsupported-params.json';
import { type Fix, fix, preferredFix, remove, rename, replace } from '../edit';
import { atKey } from '../finding';
import type { JsonObject } from '../json';
import { shown } from '../rules/read';
import type { Advice } from './advice';
import type { UnknownField } from './explain';
import { fits } from './mend';
import { moveFixes } from './move-field';
import { nearest } from './nearest';
import { withToolUse } from './openai';
import { listedValues, resolve, SCHEMA_DATE, type Schema } from './schema';
import { nameOf, pattern, plain } from './words';

/** Undefined where another rule speaks of that field. */
export function adviseUnknownField(fault: UnknownField): Advice | undefined {
  const { path, name } = fault;
  const at = pattern(path.slice(0, -1));
  if (at === 'params' && unsupported.params.some((param) => param.name === name)) return undefined;
  const known = foreign.fields.find((field) => field.in === at && field.name === name);
  if (known?.to !== undefined && hasField(fault.schema, known.to)) return translated(fault, known.of, known.to);
  if (known?.say !== undefined) {
    const message = `${name} is ${known.of} name and ${known.say}.`;
    return { place: atKey(...path), message, meant: known.meant, fixes: [...converted(fault), removal(fault)] };
  }
  return misspelt(fault);
}

function translated(fault: UnknownField, whose: string, to: string): Advice {
  const [meant = to] = to.split('.');
  const message = `${fault.name} is ${whose} name; the Messages API calls it ${to}.`;
  return { place: atKey(...fault.path), message, meant, fixes: [...moveFixes(fault, to), removal(fault)] };
}

function misspelt(fault: UnknownField): Advice {
  const { path, name, owner, schema } = fault;
  const found = nearest(name, Object.keys(schema.properties ?? {}));
  const unknown = `${plain(name)} is not a field of ${nameOf(path.slice(0, -1))}${ofKind(owner, schema)} (as of ${SCHEMA_DATE})`;
  const place = atKey(...path);
  if (!found) return { place, message: `${unknown}, and the API refuses unknown fields.`, fixes: [removal(fault)] };
  const message = `${unknown}; did you mean ${found.name}?`;
  if (Object.hasOwn(owner, found.name)) return { place, message, fixes: [removal(fault)] };
  const make = found.certain ? preferredFix : fix;
  return {
    place,
    message,
    meant: found.name,
    fixes: [make(`Rename to "${found.name}"`, rename(path, found.name)), removal(fault)],
  };
}

/** Other kinds of the same union may well have the field. */
function ofKind({ type }: JsonObject, { properties }: Schema): string {
  const isKind = type !== undefined && type !== null && listedValues(resolve(properties?.type ?? {})).length > 0;
  return isKind ? ` of type ${shown(type)}` : '';
}

/** OpenAI's calls of tools become blocks of the same message. */
function converted({ path, name, owner, schema }: UnknownField): Fix[] {
  const message = name === 'tool_calls' ? withToolUse(owner) : undefined;
  if (message === undefined || !fits(message, schema)) return [];
  return [fix('Convert to tool_use Blocks', replace(path.slice(0, -1), message))];
}

function removal({ path, name }: UnknownField): Fix {
  return fix(`Remove ${shown(name)}`, remove(path));
}

function hasField(schema: Schema, dotted: string): boolean {
  return Object.hasOwn(schema.properties ?? {}, dotted.split('.')[0] ?? '');
}
