import * as vscode from 'vscode';
import type { App } from './app';
import { chooseApiKey, removeApiKey, setApiKey } from './commands/api-keys';
import { applySettingsFix } from './commands/apply-settings-fix';
import { attachBatch } from './commands/attach-batch';
import { bulkEdit, minifyRequestLines } from './commands/bulk-edit';
import { calibrateEstimate } from './commands/calibrate-estimate';
import { cancelRun } from './commands/cancel-run';
import { checkFile } from './commands/check-file';
import { clearResults } from './commands/clear-results';
import { compareModels } from './commands/compare-models';
import { compareRuns } from './commands/compare-runs';
import { continueInTerminal } from './commands/continue-in-terminal';
import { convert } from './commands/convert';
import { copyAnswer, copyAsMarkdown } from './commands/copy-answer';
import { copyBatchId } from './commands/copy-batch-id';
import { copyRequestAs } from './commands/copy-request-as';
import { createRetryFile } from './commands/create-retry-file';
import { editRequest } from './commands/edit-request';
import { editText, previewText } from './commands/edit-text';
import { exportCostBreakdown } from './commands/export-cost-breakdown';
import { exportResults } from './commands/export-results';
import { exportRuns } from './commands/export-runs';
import { fetchResults } from './commands/fetch-results';
import { fixInFile } from './commands/fix-in-file';
import { nextFailedRequest, previousFailedRequest } from './commands/go-to-failed';
import { goToRequest, nextRequest, previousRequest } from './commands/go-to-request';
import { newFromData } from './commands/new-from-data';
import { openBatchResults } from './commands/open-batch-results';
import { openNextRequests, openPreviousRequests, openRequestsFrom } from './commands/open-requests';
import { openResults, openResultsBeside } from './commands/open-results';
import { cancelOtherBatch, deleteOtherBatch } from './commands/other-batch';
import { previewRequest } from './commands/preview-request';
import { refreshModels } from './commands/refresh-models';
import { loadMoreBatches, refreshOthers } from './commands/refresh-others';
import { refreshRuns } from './commands/refresh-runs';
import { deleteBatch, forgetRun, trashResults } from './commands/remove-run';
import { revealSource } from './commands/reveal-source';
import { leaveSandbox, tryWithoutKey } from './commands/sandbox';
import { settleRun } from './commands/settle-run';
import { showCostBreakdown } from './commands/show-cost-breakdown';
import { showLog } from './commands/show-log';
import { showSummary } from './commands/show-summary';
import { stopCheck } from './commands/stop-check';
import { submit } from './commands/submit';
import { notBatchFile, treatAsBatchFile } from './commands/treat-as';
import { tryNow } from './commands/try-now';
import { undoLastEditOnDisk } from './commands/undo-last-edit-on-disk';
import { writeMergedResults } from './commands/write-merged-results';
import { writeRenamedIds } from './commands/write-renamed-ids';
import { notice } from './notice';

/** Command names without `messageBatches.`; a test holds them against the manifest. */
const COMMANDS = {
  submit,
  openResultsBeside,
  nextRequest,
  previousRequest,
  goToRequest,
  editRequest,
  editText,
  previewRequest,
  previewText,
  tryNow,
  openRequestsFrom,
  openNextRequests,
  openPreviousRequests,
  undoLastEditOnDisk,
  copyAnswer,
  nextFailedRequest,
  previousFailedRequest,
  clearResults,
  createRetryFile,
  writeMergedResults,
  exportResults,
  showSummary,
  compareRuns,
  copyAsMarkdown,
  checkFile,
  stopCheck,
  showCostBreakdown,
  compareModels,
  exportCostBreakdown,
  calibrateEstimate,
  treatAsBatchFile,
  notBatchFile,
  setApiKey,
  chooseApiKey,
  removeApiKey,
  tryWithoutKey,
  leaveSandbox,
  refreshRuns,
  exportRuns,
  showLog,
  openResults,
  cancelRun,
  settleRun,
  copyBatchId,
  forgetRun,
  deleteBatch,
  trashResults,
  revealSource,
  fetchResults,
  continueInTerminal,
  refreshOthers,
  loadMoreBatches,
  openBatchResults,
  attachBatch,
  cancelOtherBatch,
  deleteOtherBatch,
  applySettingsFix,
  fixInFile,
  writeRenamedIds,
  refreshModels,
  newFromData,
  convert,
  copyRequestAs,
  bulkEdit,
  minifyRequestLines,
};

/** Commands that send or write: not in a workspace that is not trusted. */
const NEED_TRUST: readonly string[] = [
  'submit',
  'editRequest',
  'editText',
  'tryNow',
  'calibrateEstimate',
  'cancelRun',
  'settleRun',
  'forgetRun',
  'fetchResults',
  'continueInTerminal',
  'refreshOthers',
  'loadMoreBatches',
  'openBatchResults',
  'attachBatch',
  'cancelOtherBatch',
  'deleteOtherBatch',
  'deleteBatch',
  'trashResults',
  'applySettingsFix',
  'tryWithoutKey',
  'fixInFile',
  'undoLastEditOnDisk',
  'exportRuns',
  'exportCostBreakdown',
  'writeRenamedIds',
  'refreshModels',
  'newFromData',
  'convert',
  'bulkEdit',
  'minifyRequestLines',
  'createRetryFile',
  'writeMergedResults',
  'exportResults',
];

/** Runs a command by its name. Throws where there is none of that name, and what the command throws. */
export function runCommand(app: App, name: string, args: readonly unknown[]): unknown {
  const command = Object.entries(COMMANDS).find(([known]) => known === name)?.[1] as
    | ((app: App, ...args: readonly unknown[]) => unknown)
    | undefined;
  if (!command) throw new Error(`There is no command ${name}.`);
  if (NEED_TRUST.includes(name) && !vscode.workspace.isTrusted) {
    return notice.warning(
      'Trust this workspace first: in Restricted Mode files are checked, and nothing is sent or written.',
    );
  }
  return command(app, ...args);
}
