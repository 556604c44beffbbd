/**
 * The messages that are ours, beside standard LSP: one declaration, imported by both sides.
 * Line numbers are 0-based, columns UTF-16, as in LSP.
 */
import {
  NotificationType,
  type Position,
  type ProgressToken,
  RequestType,
  type WorkspaceEdit,
} from 'vscode-languageserver-protocol';
import type { BulkEdit, BulkOutcome } from '../../batch/bulk/bulk-edit';
import type { ShapeId } from '../../batch/convert/shape';
import type { RequestEstimate } from '../../batch/cost/estimate';
import type { Learned } from '../../batch/cost/learned';
import type { SettingsChange } from '../../batch/edit';
import type { HiddenData } from '../../batch/excerpt/hidden-data';
import type { TextRange } from '../../batch/json-tree';
import type { ModelsOverlay } from '../../batch/models-overlay';
import type { Renaming } from '../../batch/unique-ids';
import type { ConvertedFile } from '../../files/convert-file';
import type { Derivation, DerivedFile } from '../../files/derive-files';
import type { FileCheck } from '../../files/file-check';
import type { CreatedFile, CreationPreview } from '../../files/from-data/create-requests';

/** What a client may say of itself in `initialize`; every field may be left out. */
export interface InitializationOptions {
  /** The client carries out the commands of `ClientCommand`; lenses and fixes that need them are offered only then. */
  readonly commands?: boolean;
  /** URI of `docs/rules.md`, whose sections diagnostics link to; by default the one beside the server's own bundle. */
  readonly rulesDocs?: string;
  /** What the Models API said on this machine, if it was asked. */
  readonly models?: ModelsOverlay;
}

/** Commands that the server puts into lenses and fixes, and the client carries out. */
export const ClientCommand = {
  /** `[uri: string]`: submit this file. */
  submit: 'messageBatches.submit',
  /** `[uri: string]`: open the results of this file beside it. */
  openResults: 'messageBatches.openResultsBeside',
  /** `[uri: string]`: show what this file costs, in full. */
  showCostBreakdown: 'messageBatches.showCostBreakdown',
  /** `[uri: string]`: show what this file would cost with other models. */
  compareModels: 'messageBatches.compareModels',
  /** `[SettingsFix]`: write a change into the `message-batches.json` that judges this file, made if there is none. */
  applySettingsFix: 'messageBatches.applySettingsFix',
  /** `[RenamedIds]`: write the old and the new ids beside the file, after they were changed in it. */
  writeRenamedIds: 'messageBatches.writeRenamedIds',
  /** `[uri: string]`: make a batch file of this file, which is of another shape. */
  convert: 'messageBatches.convert',
  /** `[]`: open the list of suggestions again, after one was taken whose value is to be chosen next. */
  suggest: 'editor.action.triggerSuggest',
} as const;

/** Argument of `ClientCommand.applySettingsFix`. */
export interface SettingsFix {
  /** The batch file it was offered for. */
  readonly uri: string;
  readonly change: SettingsChange;
}

/** Argument of `ClientCommand.writeRenamedIds`. */
export interface RenamedIds {
  /** The batch file. */
  readonly uri: string;
  readonly renamings: readonly Renaming[];
}

/** What the status bar, the code lens and the views say of one file. `null` ends it: closed, or no batch file any more. */
export interface FileSummary {
  readonly kind: FileCheck['kind'];
  readonly requests: number;
  readonly bytes: number;
  readonly counts: FileCheck['counts'];
  readonly estimate: FileCheck['estimate'];
  readonly models: FileCheck['models'];
  readonly caching: FileCheck['caching'];
  readonly judgedBy: FileCheck['judgedBy'];
  /** Milliseconds since 1970 of a check from disk; null for an open document. */
  readonly checkedFromDiskAt: number | null;
}

/** Server to client, whenever what it says has changed. */
export const SummaryChanged = new NotificationType<{ uri: string; summary: FileSummary | null }>(
  'messageBatches/summaryChanged',
);

export interface CheckFileParams {
  readonly uri: string;
  readonly workDoneToken?: ProgressToken;
  /** A person named it: judge it as a batch file even where nothing in it says that it is one. */
  readonly asBatch?: boolean;
  /** It may be sent after this: the check says the hash of what will be sent. */
  readonly hashed?: boolean;
}

/**
 * Client to server, before a submission or for a file too large to be open: check it as it is on disk. Where no document
 * is open under the URI the findings are shown for it too, until it is opened or forgotten. Cancel the request to stop.
 */
export const CheckFile = new RequestType<CheckFileParams, FileCheck, void>('messageBatches/checkFile');

export interface FixFileParams {
  readonly uri: string;
  /** Ids of the rules whose findings are mended, each with its first fix. */
  readonly rules: readonly string[];
  /** URIs of files that are not there yet: the mended copy, and the old and new ids if any change. */
  readonly target: string;
  readonly idsTarget: string;
  readonly workDoneToken?: ProgressToken;
}

export interface FileFixed {
  /** Lines that are not as they were. */
  readonly changed: number;
  /** Requests with another id. */
  readonly renamed: number;
}

/** Client to server: write a mended copy of a file of any size. Cancel the request to stop; then nothing is left. */
export const FixFile = new RequestType<FixFileParams, FileFixed, void>('messageBatches/fixFile');

export interface CreationParams {
  /** URIs of a template and of the data, which may be a folder. */
  readonly template: string;
  readonly data: string;
  readonly workDoneToken?: ProgressToken;
}

/** Client to server: what a batch file made from data would be, without writing it. */
export const PreviewCreation = new RequestType<CreationParams, CreationPreview, void>('messageBatches/previewCreation');

export interface CreateFileParams extends CreationParams {
  /** URIs of files that are not there yet: the batch file, and the ids that could not stay if there are any. */
  readonly target: string;
  readonly idsTarget: string;
}

/** Client to server: write a batch file from data. Cancel the request to stop; then nothing is left. */
export const CreateFile = new RequestType<CreateFileParams, CreatedFile, void>('messageBatches/createFile');

/** Client to server: the text of a template to begin with, that says all columns of the data. */
export const StarterTemplate = new RequestType<{ data: string }, string, void>('messageBatches/starterTemplate');

export interface ConvertFileParams {
  readonly uri: string;
  /** URI of a file that is not there yet. */
  readonly target: string;
  /** The shape to convert a batch file to; without one, a file of any of them becomes a batch file. */
  readonly to?: ShapeId;
  /** The model of requests that name none of the API. */
  readonly model: string;
  readonly workDoneToken?: ProgressToken;
}

/** Client to server: write a file's requests in another shape. Cancel the request to stop; then nothing is left. */
export const ConvertFile = new RequestType<ConvertFileParams, ConvertedFile, void>('messageBatches/convertFile');

export interface EditDocumentParams {
  readonly uri: string;
  readonly edit: BulkEdit;
  /** What the person is shown it as. */
  readonly title: string;
}

export interface DocumentEdited extends BulkOutcome {
  /** To be confirmed before it is made; null where nothing changes. */
  readonly edit: WorkspaceEdit | null;
}

/** Client to server: what a bulk edit would do to an open document; null where none is open under the URI. */
export const EditDocument = new RequestType<EditDocumentParams, DocumentEdited | null, void>(
  'messageBatches/editDocument',
);

export interface RenameWarningParams {
  readonly textDocument: { readonly uri: string };
  readonly position: Position;
}

/** Client to server: what a rename here would leave behind, as a sentence; null where it leaves nothing. */
export const RenameWarning = new RequestType<RenameWarningParams, string | null, void>('messageBatches/renameWarning');

export interface EditFileParams {
  readonly uri: string;
  readonly edit: BulkEdit;
  /** URI of a file that is not there yet. */
  readonly target: string;
  readonly workDoneToken?: ProgressToken;
}

/** Client to server: write a copy of a file of any size with a bulk edit made. Cancel the request to stop; then nothing is left. */
export const EditFile = new RequestType<EditFileParams, BulkOutcome, void>('messageBatches/editFile');

export interface DeriveFilesParams {
  readonly uri: string;
  readonly derivation: Derivation;
  /** URI that the new files' begin with: `file:///…/tickets`. */
  readonly place: string;
  readonly workDoneToken?: ProgressToken;
}

/** Client to server: write new files with requests of a file. Cancel the request to stop. */
export const DeriveFiles = new RequestType<DeriveFilesParams, readonly DerivedFile[], void>(
  'messageBatches/deriveFiles',
);

/** Client to server: a file checked from disk is shown no longer (its tab was closed, it was deleted); its findings go. */
export const ForgetFile = new NotificationType<{ uri: string }>('messageBatches/forgetFile');

/** What the API refused of a file that was submitted: the whole batch at create, or single requests in their results. */
export interface ApiFindingsParams {
  readonly uri: string;
  /** URI of the list of what was submitted: a line whose bytes were changed since is not what was refused. */
  readonly submitted: string;
  /** What the API answered at create. */
  readonly refusal?: { readonly type: string; readonly message: string };
  /** URI of the results, whose error rows count. */
  readonly results?: string;
}

/**
 * Client to server, when a submission was refused or its results were fetched: what is the fault of single lines is shown
 * on them, at the property that the API names, until they change. Later news of the same file take the place of earlier.
 */
export const ApiFindings = new NotificationType<ApiFindingsParams>('messageBatches/apiFindings');

/** Client to server: the Models API was asked anew; every file is judged by what it said. */
export const ModelsRefreshed = new NotificationType<{ models: ModelsOverlay }>('messageBatches/modelsRefreshed');

/** Client to server: what the answers of finished runs had; the output of every file is expected by that. */
export const LearnedChanged = new NotificationType<{ learned: Learned }>('messageBatches/learnedChanged');

/** Client to server: which request stands on this line; null for a line that is none. */
export const RequestAt = new RequestType<
  { uri: string; line: number },
  { customId: string; line: number } | null,
  void
>('messageBatches/requestAt');

/** Client to server: the line of a request by its id (the first, where it is used twice); null where the file has none. */
export const FindRequest = new RequestType<{ uri: string; customId: string }, { line: number } | null, void>(
  'messageBatches/findRequest',
);

/** What is known of one request before it is sent alone. */
export interface JudgedRequest {
  /** Why it is not sent, in the order of the line; empty where nothing speaks against it. */
  readonly errors: readonly string[];
  readonly customId: string | null;
  /** Null where the line is no request. */
  readonly estimate: RequestEstimate | null;
  /** Where the value of `params` stands in the text. */
  readonly params: TextRange | null;
  readonly judgedBy: FileCheck['judgedBy'];
}

/** Client to server: judges a line (without its terminator) as one of the file's. */
export const JudgeRequest = new RequestType<{ uri: string; text: string }, JudgedRequest, void>(
  'messageBatches/judgeRequest',
);

/** Client to server, before such a document is opened, and when it has changed: what its labels in `‹…›` stand for. */
export const HiddenDataOf = new NotificationType<{ uri: string; hidden: readonly HiddenData[] }>(
  'messageBatches/hiddenData',
);

/** Client to server: a person's word on what a document is, kept while it is open. */
export const TreatAs = new NotificationType<{ uri: string; kind: 'batch' | 'none' }>('messageBatches/treatAs');
