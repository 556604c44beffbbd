import { meantAt, namesIn } from '../../../batch/names';
import { type FieldValue, fieldAt } from '../../../batch/schema/field-at';
import { choiceJudge, type Verdict } from '../../../batch/verdict';
import type { Suggestion } from '../to-lsp';
import { modelSuggestions } from './models';
import { objectSuggestions } from './objects';
import { type CompletionPlace, commaBefore, escapeSnippet, isModel, order } from './place';
import { snippetSuggestions } from './snippets';

/** Models, listed values, and objects with what they must have. */
export function valueSuggestions(place: CompletionPlace): Suggestion[] {
  const { cursor, value } = place;
  if (cursor.expects === 'nothing') return [];
  if (isModel(cursor.path)) return modelSuggestions(place);
  const listed = fieldAt(cursor.path, value)?.values ?? [];
  const judge = choiceJudge(value, cursor.path, place.context);
  return [
    ...nameSuggestions(place),
    ...listed.flatMap((choice, index) =>
      listedSuggestion(choice, index, judge.value(cursor.path, choice.value), place),
    ),
    ...(place.quoted ? [] : [...snippetSuggestions(place), ...objectSuggestions(place)]),
  ];
}

/** The tools, tool uses and MCP servers of the request, where one of them is meant. */
function nameSuggestions({ cursor, value, tree, rest, quoted }: CompletionPlace): Suggestion[] {
  const kind = meantAt(cursor.path, value);
  const names = kind ? namesIn(tree).filter((it) => it.kind === kind && it.defines) : [];
  return [...new Set(names.map(({ name }) => name))].map((name, index) => ({
    label: name,
    kind: 'value',
    insert: escapeSnippet(JSON.stringify(name)) + commaBefore(rest),
    filter: quoted ? JSON.stringify(name) : name,
    sort: order(index),
    detail: `${kind} of this request`,
  }));
}

function listedSuggestion(
  { value, description }: FieldValue,
  index: number,
  { refused, remark }: Verdict,
  place: CompletionPlace,
): Suggestion[] {
  if (refused) return [];
  const suggestion: Suggestion = {
    label: String(value),
    kind: 'value',
    insert: escapeSnippet(JSON.stringify(value)) + commaBefore(place.rest),
    filter: place.quoted ? JSON.stringify(value) : String(value),
    sort: order(index),
    documentation: [remark, description].filter(Boolean).join('\n\n'),
  };
  return [suggestion];
}
