import { isObject, type Json, valueAt } from '../../../batch/json';
import { meantAt } from '../../../batch/names';
import { fieldAt, type PropertyInfo } from '../../../batch/schema/field-at';
import { choiceJudge } from '../../../batch/verdict';
import type { Cursor } from '../cursor';
import { ClientCommand } from '../protocol';
import type { Suggestion } from '../to-lsp';
import { type CompletionPlace, commaBefore, escapeSnippet, isModel } from './place';

/** The properties that an object does not have yet, those that it must have first. */
export function keySuggestions(place: CompletionPlace, canSuggestAgain: boolean): Suggestion[] {
  const { cursor, value } = place;
  const here = valueAt(value, cursor.path);
  const present = new Set(isObject(here) ? Object.keys(here) : []);
  const all = fieldAt(cursor.path, value)?.properties ?? [];
  const missing = all.filter(({ name }) => !present.has(name));
  const likely = Object.fromEntries(missing.map((property) => [property.name, likelyValue(property)]));
  const verdictOn = choiceJudge(value, cursor.path, place.context).properties(cursor.path, likely);
  return missing.flatMap((property) => {
    const { name, type, required, description } = property;
    const path = [...cursor.path, name];
    const { refused, remark } = verdictOn(name);
    if (refused) return [];
    return {
      label: name,
      kind: 'property',
      insert: keyInsert(property, place),
      filter: place.quoted ? JSON.stringify(name) : name,
      sort: `${required ? 0 : remark ? 2 : 1}${name}`,
      detail: required ? `${type}, required` : type,
      documentation: [remark, description].filter(Boolean).join('\n\n'),
      command: canSuggestAgain && hasChoices(path, place) ? SUGGEST_AGAIN : undefined,
    };
  });
}

/** Something of the kind that would be written, for the rules to judge. */
function likelyValue({ snippet }: PropertyInfo): Json {
  const text = snippet.replace(/\$\{\d+[:|]([^},|]*)[^}]*\}/g, '$1').replace(/^\$1$/, '0.5');
  return JSON.parse(text.replace('[$1]', '[{}]').replaceAll('$1', '')) as Json;
}

/** The key alone where a value follows already. */
function keyInsert({ name, snippet }: PropertyInfo, { rest, spaced }: CompletionPlace): string {
  const key = escapeSnippet(JSON.stringify(name));
  return rest.startsWith(':') ? key : `${key}:${spaced ? ' ' : ''}${snippet}${commaBefore(rest)}`;
}

function hasChoices(path: Cursor['path'], { value }: CompletionPlace): boolean {
  return isModel(path) || meantAt(path, value) !== undefined || (fieldAt(path, value)?.values.length ?? 0) > 1;
}

const SUGGEST_AGAIN = { title: 'Suggest', command: ClientCommand.suggest };
