import { type FieldValue, fieldAt } from '../../../batch/schema/field-at';
import type { Suggestion } from '../to-lsp';
import { modelSuggestions } from './models';
import { objectSuggestions } from './objects';
import { type CompletionPlace, commaBefore, escapeSnippet, isModel, order } from './place';

/** Models, listed values, and objects with what they must have. */
export function valueSuggestions(place: CompletionPlace): Suggestion[] {
  const { cursor, value } = place;
  if (cursor.expects === 'nothing') return [];
  if (isModel(cursor.path)) return modelSuggestions(place);
  const listed = fieldAt(cursor.path, value)?.values ?? [];
  return [
    ...listed.map((listedValue, index) => listedSuggestion(listedValue, index, place)),
    ...(place.quoted ? [] : objectSuggestions(place)),
  ];
}

function listedSuggestion({ value, description }: FieldValue, index: number, place: CompletionPlace): Suggestion {
  return {
    label: String(value),
    kind: 'value',
    insert: escapeSnippet(JSON.stringify(value)) + commaBefore(place.rest),
    filter: place.quoted ? JSON.stringify(value) : String(value),
    sort: order(index),
    documentation: description,
  };
}
