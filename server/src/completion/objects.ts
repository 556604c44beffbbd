import { fieldAt, type PropertyInfo } from '../../../batch/schema/field-at';
import { choiceJudge, withValue } from '../../../batch/verdict';
import type { Suggestion } from '../to-lsp';
import { type CompletionPlace, commaBefore, escapeSnippet, order } from './place';

/** Objects with what they must have; of a union one for each `type` or `role`. */
export function objectSuggestions(place: CompletionPlace): Suggestion[] {
  const { path } = place.cursor;
  const judge = choiceJudge(place.value, path, place.context);
  for (const key of ['type', 'role']) {
    const choices = fieldAt([...path, key], place.value)?.values ?? [];
    if (choices.length < 2) continue;
    return choices.flatMap(({ value, description }, index) => {
      const { refused, remark } = judge.value(path, { [key]: value });
      if (refused) return [];
      const properties = fieldAt(path, withValue(place.value, path, { [key]: value }))?.properties ?? [];
      const tagged = properties.map((it) => (it.name === key ? { ...it, snippet: JSON.stringify(value) } : it));
      const documentation = [remark, description].filter(Boolean).join('\n\n');
      return [objectSuggestion(String(value), tagged, { index, documentation, place })];
    });
  }
  const properties = fieldAt(path, place.value)?.properties ?? [];
  const isWhole = properties.some(({ required }) => required);
  return isWhole ? [objectSuggestion('{…}', properties, { index: 0, documentation: '', place })] : [];
}

/** One stop for each value that is to be written. */
function objectSuggestion(
  label: string,
  properties: readonly PropertyInfo[],
  { index, documentation, place }: { index: number; documentation: string; place: CompletionPlace },
): Suggestion {
  const { spaced, rest } = place;
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
    documentation,
  };
}

/** What says which kind of object it is stands first, as people write it. */
const rank = ({ name }: PropertyInfo): number => (name === 'type' || name === 'role' ? 0 : 1);
