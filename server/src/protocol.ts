/**
 * The messages that are ours, beside standard LSP: one declaration, imported by both sides.
 * Line numbers are 0-based, columns UTF-16, as in LSP.
 */
import { NotificationType, type ProgressToken, RequestType } from 'vscode-languageserver-protocol';
import type { FileCheck } from '../../files/file-check';

/** What the status bar, the code lens and the views say of one file. `null` ends it: closed, or no batch file any more. */
export interface FileSummary {
  readonly kind: FileCheck['kind'];
  readonly requests: number;
  readonly bytes: number;
  readonly counts: FileCheck['counts'];
  readonly estimate: FileCheck['estimate'];
  readonly models: FileCheck['models'];
  readonly judgedBy: FileCheck['judgedBy'];
  /** Milliseconds since 1970 of a check from disk; null for an open document. */
  readonly checkedFromDiskAt: number | null;
}

/** Server to client, whenever what it says has changed. */
export const SummaryChanged = new NotificationType<{ uri: string; summary: FileSummary | null }>('messageBatches/summaryChanged');

/** Client to server, before a submission or for a file too large to be open: check it as it is on disk. */
export const CheckFile = new RequestType<{ uri: string; workDoneToken?: ProgressToken }, FileCheck, void>('messageBatches/checkFile');

/** Client to server: which request stands on this line; null for a line that is none. */
export const RequestAt = new RequestType<{ uri: string; line: number }, { customId: string; line: number } | null, void>('messageBatches/requestAt');

/** Client to server: the line of a request by its id; null where the file has none. */
export const FindRequest = new RequestType<{ uri: string; customId: string }, { line: number } | null, void>('messageBatches/findRequest');

/** Client to server: a person's word on what a document is, kept while it is open. */
export const TreatAs = new NotificationType<{ uri: string; kind: 'batch' | 'none' }>('messageBatches/treatAs');
