import type { CompletionItem, Position } from 'vscode-languageserver-protocol';
import type { Context } from '../../../batch/context';
import type { Model } from '../../../batch/cost/models';
import { type Json, isObject, valueAt } from '../../../batch/json';
import { type FieldValue, fieldAt, type PropertyInfo } from '../../../batch/schema/field-at';
import { count, usd } from '../../../batch/wording';
import { type Cursor, cursorAt } from '../cursor';
import type { BatchDocument } from '../documents';
import { ClientCommand } from '../protocol';
import { type Suggestion, toCompletionItem, toRange } from '../to-lsp';

/** What starts completion by itself, beside letters. */
export const TRIGGERS = ['"', ':'];

/** Keys, listed values and models at a position; a whole request on an empty line. Works in lines that are not finished. */
export function completion(document: BatchDocument, position: Position, canSuggestAgain: boolean): CompletionItem[] {
  const text = document.lineText(position.line);
  if (text.trim() === '') {
    const all = toRange({ line: position.line, start: 0, end: text.length });
    return [toCompletionItem(wholeRequest(document, position.line), all)];
  }
  const place = placeAt(document, position, text);
  const suggestions = place.cursor.expects === 'key' ? keys(place, canSuggestAgain) : values(place);
  const range = toRange({ line: position.line, start: place.cursor.start, end: place.cursor.end });
  return suggestions.map((suggestion) => toCompletionItem(suggestion, range));
}

interface CompletionPlace {
  readonly cursor: Cursor;
  /** What is typed so far begins with a quote. */
  readonly quoted: boolean;
  /** The text after the token under the cursor, without blanks. */
  readonly rest: string;
  /** The line as far as it can be read. */
  readonly value: Json | undefined;
  /** The line is written with a blank after colons. */
  readonly spaced: boolean;
  readonly context: Context;
}

function placeAt(document: BatchDocument, position: Position, text: string): CompletionPlace {
  const cursor = cursorAt(text, position.character);
  return {
    cursor,
    quoted: text[cursor.start] === '"' && cursor.end > cursor.start,
    rest: text.slice(cursor.end, cursor.end + 100).trimStart(),
    value: document.valueAt(position.line),
    spaced: text.includes('": ') || !text.includes('":'),
    context: document.context,
  };
}

function keys(place: CompletionPlace, canSuggestAgain: boolean): Suggestion[] {
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

function values(place: CompletionPlace): Suggestion[] {
  const { cursor, value, context } = place;
  if (cursor.expects === 'nothing') return [];
  if (isModel(cursor.path)) return models(context.models.models, place);
  const field = fieldAt(cursor.path, value);
  const listed = (field?.values ?? []).map((listedValue, index) => listedSuggestion(listedValue, index, place));
  const required = place.quoted ? [] : (field?.properties ?? []).filter((property) => property.required);
  return required.length > 0 ? [...listed, objectSuggestion(required, place)] : listed;
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

/** An object with what it must have, one stop for each value that is to be written. */
function objectSuggestion(required: readonly PropertyInfo[], { spaced, rest }: CompletionPlace): Suggestion {
  const blank = spaced ? ' ' : '';
  let stops = 0;
  const members = required.map(({ name, snippet }) => {
    const renumbered = snippet.replaceAll(/\$(\{?)\d+/g, (_, brace: string) => `$${brace}${++stops}`);
    return `${escapeSnippet(JSON.stringify(name))}:${blank}${renumbered}`;
  });
  return {
    label: `{ ${required.map(({ name }) => name).join(', ')} }`,
    kind: 'snippet',
    insert: `{${members.join(`,${blank}`)}}${commaBefore(rest)}`,
    filter: '{',
    sort: order(0),
  };
}

function models(all: readonly Model[], place: CompletionPlace): Suggestion[] {
  return all
    .filter(({ status }) => status !== 'retired')
    .map((model, index) => ({
      label: model.id,
      kind: 'value',
      insert: JSON.stringify(model.id) + commaBefore(place.rest),
      filter: place.quoted ? JSON.stringify(model.id) : model.id,
      sort: order(index),
      detail: modelDetail(model, place.context),
      documentation: model.retires_on ? `Retires on ${model.retires_on}.` : undefined,
      deprecated: model.status === 'deprecated',
    }));
}

function modelDetail({ price_usd_per_mtok: price, context_window }: Model, { models: { batchFactor } }: Context): string {
  const window = `${count(context_window)} tokens of context`;
  if (!price) return window;
  return `${usd(price.input * batchFactor)} in, ${usd(price.output * batchFactor)} out per million tokens · ${window}`;
}

/** A request like the one before: its model first, its id counted on. */
function wholeRequest(document: BatchDocument, line: number): Suggestion {
  const before = document.requestBefore(line);
  const active = document.context.models.models.filter(({ status }) => status === 'active').map(({ id }) => id);
  const choices = [...new Set([...(before?.model ? [before.model] : []), ...active])].map(escapeChoice).join(',');
  const id = escapeSnippet(nextId(before?.customId));
  const message = `{"role": "user", "content": "$4"}`;
  return {
    label: 'Message Batches request',
    kind: 'snippet',
    insert: `{"custom_id": "\${1:${id}}", "params": {"model": "\${2|${choices}|}", "max_tokens": \${3:1024}, "messages": [${message}]}}`,
    filter: '',
    sort: order(0),
    detail: 'custom_id, model, max_tokens and a message',
  };
}

/** `ticket-0042` after `ticket-0041`. */
function nextId(previous: string | undefined): string {
  if (!previous) return 'request-1';
  const digits = /\d{1,15}$/.exec(previous)?.[0];
  if (digits === undefined) return `${previous}-2`;
  return previous.slice(0, -digits.length) + String(Number(digits) + 1).padStart(digits.length, '0');
}

function hasChoices(path: Cursor['path'], { value }: CompletionPlace): boolean {
  return isModel(path) || (fieldAt(path, value)?.values.length ?? 0) > 1;
}

const isModel = (path: Cursor['path']): boolean => path.length === 2 && path[0] === 'params' && path[1] === 'model';
const order = (index: number): string => String(index).padStart(4, '0');

/** A comma where another member follows. */
const commaBefore = (rest: string): string => (rest === '' || /^[,}\]:]/.test(rest) ? '' : ',');

const escapeSnippet = (text: string): string => text.replaceAll(/[\\$}]/g, '\\$&');
const escapeChoice = (text: string): string => text.replaceAll(/[\\$},|]/g, '\\$&');

const SUGGEST_AGAIN = { title: 'Suggest', command: ClientCommand.suggest };
