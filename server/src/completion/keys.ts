import { isObject, valueAt } from '../../../batch/json';
import { fieldAt, type PropertyInfo } from '../../../batch/schema/field-at';
import type { Cursor } from '../cursor';
import { ClientCommand } from '../protocol';
import type { Suggestion } from '../to-lsp';
import { type CompletionPlace, commaBefore, escapeSnippet, isModel } from './place';

/** The properties that an object does not have yet, those that it must have first. */
export function keySuggestions(place: CompletionPlace, canSuggestAgain: boolean): Suggestion[] {
  const { cursor, value } = place;
  const here = valueAt(value, cursor.path);
  const present = new Set(isObject(here) ? Object.keys(here) : []);
  const properties = fieldAt(cursor.path, value)?.properties ?? [];
  return properties
    .filter(({ name }) => !present.has(name))
    .map((property) => {
      const { name, type, required, description } = property;
      return {
        label: name,
        kind: 'property',
        insert: keyInsert(property, place),
        filter: place.quoted ? JSON.stringify(name) : name,
        sort: `${required ? 0 : 1}${name}`,
        detail: required ? `${type}, required` : type,
        documentation: description,
        command: canSuggestAgain && hasChoices([...cursor.path, name], place) ? SUGGEST_AGAIN : undefined,
      };
    });
}

/** The key alone where a value follows already. */
function keyInsert({ name, snippet }: PropertyInfo, { rest, spaced }: CompletionPlace): string {
  const key = escapeSnippet(JSON.stringify(name));
  return rest.startsWith(':') ? key : `${key}:${spaced ? ' ' : ''}${snippet}${commaBefore(rest)}`;
}

function hasChoices(path: Cursor['path'], { value }: CompletionPlace): boolean {
  return isModel(path) || (fieldAt(path, value)?.values.length ?? 0) > 1;
}

const SUGGEST_AGAIN = { title: 'Suggest', command: ClientCommand.suggest };
