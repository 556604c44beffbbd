import type { CancellationToken, Connection, TextDocuments } from 'vscode-languageserver';
import type { LineFacts } from '../../batch/analysis';
import { judgeFile } from '../../files/judge-file';
import { type DiskRequest, diskPathOf, onDisk } from './disk-work';
import type { BatchDocument } from './documents';
import type { Settings } from './settings';

export interface VisitWorld {
  readonly connection: Connection;
  readonly documents: TextDocuments<BatchDocument>;
  readonly settings: Settings;
}

/**
 * Visits what is known of every request of a file: of an open document as it is, else of the file on disk, with progress.
 * Throws a ResponseError where the file cannot be read, or it is stopped.
 */
export async function visitRequests(
  { connection, documents, settings }: VisitWorld,
  title: string,
  params: DiskRequest & { readonly uri: string },
  cancel: CancellationToken,
  visit: (line: number, facts: LineFacts) => void,
): Promise<void> {
  const { uri } = params;
  const document = documents.get(uri);
  await document?.whenJudged;
  if (document?.file) {
    document.lines.forEach((_, line) => {
      const facts = document.factsAt(line);
      if (facts) visit(line, facts);
    });
    return;
  }
  const { context } = await settings.judgementOf(uri);
  await onDisk(connection, title, params, cancel, (options) =>
    judgeFile(
      diskPathOf(uri),
      {
        ...options,
        context,
        limit: 0,
        onLine: (line, analysis) => {
          if (analysis.kind === 'request') visit(line, analysis.facts);
        },
      },
      () => {},
    ),
  );
}
