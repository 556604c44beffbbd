import type { Position } from 'vscode-languageserver';
import { applyChanges } from '../../../batch/apply-edits';
import type { Context } from '../../../batch/context';
import type { Json } from '../../../batch/json';
import type { Node } from '../../../batch/json-tree';
import { minifyChanges } from '../../../batch/minify-line';
import { type Cursor, cursorAt } from '../cursor';
import type { BatchDocument } from '../documents';

/** What completion knows of the place where it is asked for. */
export interface CompletionPlace {
  readonly cursor: Cursor;
  /** What is typed so far begins with a quote. */
  readonly quoted: boolean;
  /** The text after the token under the cursor, without blanks. */
  readonly rest: string;
  /** The line as far as it can be read. */
  readonly value: Json | undefined;
  readonly tree: Node | undefined;
  /** The line is written with a blank after colons. */
  readonly spaced: boolean;
  readonly context: Context;
}

export function placeAt(document: BatchDocument, position: Position, text: string, context: Context): CompletionPlace {
  const cursor = cursorAt(text, position.character);
  return {
    cursor,
    quoted: text[cursor.start] === '"' && cursor.end > cursor.start,
    rest: text.slice(cursor.end, cursor.end + 100).trimStart(),
    value: document.valueAt(position.line),
    get tree() {
      return document.treeAt(position.line);
    },
    spaced: text.includes('": ') || !text.includes('":'),
    context,
  };
}

export const isModel = (path: Cursor['path']): boolean => path.join('/') === 'params/model';

/** Keeps suggestions in the order of a list. */
export const order = (index: number): string => String(index).padStart(4, '0');

/** A comma where another member follows. */
export const commaBefore = (rest: string): string => (rest === '' || /^[,}\]:]/.test(rest) ? '' : ',');

/** A snippet that is written with blanks, as the line is written. */
export const spacedAs = (snippet: string, { spaced }: Pick<CompletionPlace, 'spaced'>): string =>
  spaced ? snippet : applyChanges(snippet, minifyChanges(snippet));

export const escapeSnippet = (text: string): string => text.replaceAll(/[\\$}]/g, '\\$&');
