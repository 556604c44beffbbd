import type { Path } from '../../../batch/finding';
import { isArray, isObject, type Json, valueAt } from '../../../batch/json';
import { fieldAt, type PropertyInfo } from '../../../batch/schema/field-at';
import type { Suggestion } from '../to-lsp';
import { type CompletionPlace, commaBefore, escapeSnippet, order } from './place';

/** Objects with what they must have; of a union one for each `type` or `role`. */
export function objectSuggestions(place: CompletionPlace): Suggestion[] {
  const { path } = place.cursor;
  for (const key of ['type', 'role']) {
    const choices = fieldAt([...path, key], place.value)?.values ?? [];
    if (choices.length < 2) continue;
    return choices.map(({ value }, index) => {
      const properties = fieldAt(path, withValue(place.value, path, { [key]: value }))?.properties ?? [];
      return objectSuggestion(String(value), properties, index, place);
    });
  }
  const properties = fieldAt(path, place.value)?.properties ?? [];
  return properties.some(({ required }) => required) ? [objectSuggestion('{…}', properties, 0, place)] : [];
}

/** One stop for each value that is to be written. */
function objectSuggestion(
  label: string,
  properties: readonly PropertyInfo[],
  index: number,
  { spaced, rest }: CompletionPlace,
): Suggestion {
  const blank = spaced ? ' ' : '';
  const required = properties.filter((property) => property.required).toSorted((a, b) => rank(a) - rank(b));
  let stops = 0;
  const members = required.map(({ name, snippet }) => {
    const renumbered = snippet.replaceAll(/\$(\{?)\d+/g, (_, brace: string) => `$${brace}${++stops}`);
    return `${escapeSnippet(JSON.stringify(name))}:${blank}${renumbered}`;
  });
  return {
    label,
    kind: 'snippet',
    insert: `{${members.join(`,${blank}`)}}${commaBefore(rest)}`,
    filter: `{${label}`,
    sort: order(index),
    detail: `{ ${required.map(({ name }) => name).join(', ')} }`,
  };
}

/** What says which kind of object it is stands first, as people write it. */
const rank = ({ name }: PropertyInfo): number => (name === 'type' || name === 'role' ? 0 : 1);

/** `root` with `value` at `path`. */
function withValue(root: Json | undefined, [step, ...rest]: Path, value: Json): Json {
  if (step === undefined) return value;
  const inner = withValue(isObject(root) || isArray(root) ? valueAt(root, [step]) : undefined, rest, value);
  if (typeof step === 'string') return { ...(isObject(root) ? root : {}), [step]: inner };
  return isArray(root) ? root.toSpliced(step, 1, inner) : [inner];
}
