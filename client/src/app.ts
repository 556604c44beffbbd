import type * as vscode from 'vscode';
import type { ActiveFile } from './active-file';
import type { ApiKeys } from './api-keys';
import type { Apis } from './apis';
import type { ClearedResults } from './cleared-results';
import type { EditsOnDisk } from './excerpts/edits-on-disk';
import type { ExcerptFiles } from './excerpts/excerpt-files';
import type { KnownModels } from './known-models';
import type { LanguageServer } from './language-client';
import type { LargeFiles } from './large-files';
import type { OtherBatches } from './other-batches';
import type { RequestCursor } from './request-cursor';
import type { RunStore } from './run-store';
import type { SandboxMode } from './sandbox-mode';
import type { CostPages } from './views/cost-page';
import type { ReportDocuments } from './views/report-document';
import type { RequestPreviewView } from './views/request-preview';
import type { ResultMarks } from './views/result-marks';
import type { ResultsView } from './views/results-view';
import type { TrialAnswersView } from './views/trial-answers';

/** What commands and views work with: each part owns its state. */
export interface App {
  readonly context: vscode.ExtensionContext;
  readonly log: vscode.LogOutputChannel;
  readonly server: LanguageServer;
  readonly keys: ApiKeys;
  readonly apis: Apis;
  readonly models: KnownModels;
  readonly sandbox: SandboxMode;
  readonly runs: RunStore;
  readonly others: OtherBatches;
  readonly activeFile: ActiveFile;
  readonly results: ResultsView;
  readonly cleared: ClearedResults;
  readonly marks: ResultMarks;
  readonly cursor: RequestCursor;
  readonly reports: ReportDocuments;
  readonly costs: CostPages;
  readonly largeFiles: LargeFiles;
  readonly edits: EditsOnDisk;
  readonly excerpts: ExcerptFiles;
  readonly preview: RequestPreviewView;
  readonly trials: TrialAnswersView;
}
