import { TextDocuments } from 'vscode-languageserver';
import type { HiddenData } from '../../batch/excerpt/hidden-data';
import { BatchDocument } from './documents';
import { RequestDocument } from './request-document';
import { isExcerpt } from './uris';

/** What the labels of a document stand for. */
export type HiddenDataOfUri = (uri: string) => readonly HiddenData[];

/** Documents as lines that keep what is known of them, so that a keystroke costs its own line. */
export function openDocuments(hiddenData: HiddenDataOfUri): TextDocuments<BatchDocument> {
  return new TextDocuments({
    create: (uri, languageId, version, text) => {
      if (isExcerpt(uri) && languageId === 'json') return new RequestDocument(uri, version, text, hiddenData(uri));
      const document = new BatchDocument(uri, version, text);
      if (isExcerpt(uri)) document.treatAs('batch');
      return document;
    },
    update: (document, changes, version) => document.update(changes, version),
  });
}
