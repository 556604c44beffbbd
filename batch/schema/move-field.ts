import { type Fix, fix, insert, preferredFix, remove, rename } from '../edit';
import { isObject } from '../json';
import type { UnknownField } from './explain';
import { fits, mended } from './mend';
import { resolve, type Schema } from './schema';

/**
 * Takes the value of a field that has another name here to `to` (`max_tokens`, or `metadata.user_id` in a neighbour), in
 * the shape that is wanted there; nothing where that place is taken, or where the value says nothing that fits.
 */
export function moveFixes({ path, name, owner, schema }: UnknownField, to: string): Fix[] {
  const [field = '', inner] = to.split('.');
  const value = owner[name] ?? null;
  const target = fieldOf(schema, field);
  const place = [...path.slice(0, -1), field];
  const neighbour = Object.hasOwn(owner, field) ? owner[field] : undefined;
  if (inner === undefined) {
    if (neighbour !== undefined) return [];
    if (fits(value, target)) return [preferredFix(`Rename to "${field}"`, rename(path, field))];
    const moved = mended(value, target)?.value;
    return moved === undefined ? [] : [fix(`Convert to "${field}"`, insert(place, moved), remove(path))];
  }
  if (neighbour !== undefined && (!isObject(neighbour) || Object.hasOwn(neighbour, inner))) return [];
  const wanted = fieldOf(target, inner);
  const moved = fits(value, wanted) ? value : mended(value, wanted)?.value;
  if (moved === undefined || !fits({ ...neighbour, [inner]: moved }, target)) return [];
  const edit = neighbour === undefined ? insert(place, { [inner]: moved }) : insert([...place, inner], moved);
  return [fix(`Move to "${to}"`, edit, remove(path))];
}

/** The schema of a field of an object, which may be nullable or referred to. */
function fieldOf(schema: Schema, name: string): Schema {
  const resolved = resolve(schema);
  const objects = [resolved, ...(resolved.anyOf ?? []).map(resolve)];
  return objects.find(({ properties }) => properties && Object.hasOwn(properties, name))?.properties?.[name] ?? {};
}
