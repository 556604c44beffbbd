import path from 'node:path';
import type * as vscode from 'vscode';
import type { FileSummary } from '../../../server/src/protocol';
import { costMarkdown } from '../text/file-status';
import type { ReportDocuments } from './report-document';

/** The cost of a file as a read-only document. */
export interface CostDocuments {
  show(file: vscode.Uri, summary: FileSummary): Promise<void>;
}

export function createCostDocuments(reports: ReportDocuments): CostDocuments {
  return {
    show: (file, summary) => {
      const name = path.basename(file.fsPath);
      return reports.show(`Cost of ${name}`, file, costMarkdown(name, summary));
    },
  };
}
