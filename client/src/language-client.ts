import { stat } from 'node:fs/promises';
import path from 'node:path';
import * as vscode from 'vscode';
import { LanguageClient, RevealOutputChannelOn, TransportKind, WorkDoneProgress } from 'vscode-languageclient/node';
import type { FileCheck } from '../../files/file-check';
import {
  CheckFile,
  type FileSummary,
  FindRequest,
  ForgetFile,
  type InitializationOptions,
  RequestAt,
  SummaryChanged,
  TreatAs,
} from '../../server/src/protocol';

/** The language server as the rest of the client sees it. It starts with the first call that needs it. */
export interface LanguageServer {
  start(): Promise<void>;
  /** What the server last said of a file; undefined for what is no batch file. */
  summaryOf(uri: vscode.Uri): FileSummary | undefined;
  readonly onDidChangeSummary: vscode.Event<vscode.Uri>;
  /** Checks a file as it is on disk; undefined when the person canceled. `quietly` shows progress in the status bar only. */
  check(uri: vscode.Uri, options?: { readonly quietly?: boolean }): Promise<FileCheck | undefined>;
  /** The file's tab was closed. */
  forget(uri: vscode.Uri): Promise<void>;
  /** Lines are 0-based. */
  requestAt(uri: vscode.Uri, line: number): Promise<{ customId: string; line: number } | null>;
  findRequest(uri: vscode.Uri, customId: string): Promise<{ line: number } | null>;
  treatAs(uri: vscode.Uri, kind: 'batch' | 'none'): Promise<void>;
}

export function createLanguageServer(context: vscode.ExtensionContext, log: vscode.LogOutputChannel): LanguageServer {
  const client = createClient(context, log);
  const summaries = new Map<string, FileSummary>();
  const changed = new vscode.EventEmitter<vscode.Uri>();
  client.onNotification(SummaryChanged, ({ uri, summary }) => {
    const known = client.protocol2CodeConverter.asUri(uri);
    if (summary) summaries.set(known.toString(), summary);
    else summaries.delete(known.toString());
    changed.fire(known);
  });
  context.subscriptions.push(client, changed);
  const asUri = (uri: vscode.Uri): string => client.code2ProtocolConverter.asUri(uri);
  const start = async (): Promise<void> => {
    if (client.needsStart()) await client.start();
  };
  return {
    start,
    summaryOf: (uri) => summaries.get(uri.toString()),
    onDidChangeSummary: changed.event,
    check: async (uri, { quietly = false } = {}) => {
      await start();
      const title = `Checking ${path.basename(uri.fsPath)}`;
      const { Window, Notification } = vscode.ProgressLocation;
      const location = quietly || (await isQuick(uri)) ? Window : Notification;
      return vscode.window.withProgress({ location, title, cancellable: true }, (progress, token) =>
        check(client, asUri(uri), progress, token),
      );
    },
    forget: (uri) => client.sendNotification(ForgetFile, { uri: asUri(uri) }),
    requestAt: async (uri, line) => {
      await start();
      return client.sendRequest(RequestAt, { uri: asUri(uri), line });
    },
    findRequest: async (uri, customId) => {
      await start();
      return client.sendRequest(FindRequest, { uri: asUri(uri), customId });
    },
    treatAs: async (uri, kind) => {
      await start();
      await client.sendNotification(TreatAs, { uri: asUri(uri), kind });
    },
  };
}

function createClient({ extensionUri }: vscode.ExtensionContext, log: vscode.LogOutputChannel): LanguageClient {
  const options: InitializationOptions = {
    commands: true,
    rulesDocs: vscode.Uri.joinPath(extensionUri, 'docs', 'rules.md').toString(),
  };
  const server = {
    module: vscode.Uri.joinPath(extensionUri, 'dist', 'server.js').fsPath,
    transport: TransportKind.ipc,
  };
  const documentSelector = ['file', 'untitled'].flatMap((scheme) => [
    { scheme, language: 'jsonl' },
    { scheme, pattern: '**/*.{jsonl,ndjson}' },
  ]);
  return new LanguageClient(
    'messageBatches',
    'Message Batches',
    { run: server, debug: { ...server, options: { execArgv: ['--nolazy', '--inspect=6009'] } } },
    {
      documentSelector,
      initializationOptions: options,
      outputChannel: log,
      revealOutputChannelOn: RevealOutputChannelOn.Never,
      diagnosticCollectionName: 'messageBatches',
    },
  );
}

/** A notification that is gone at once is noise. */
const QUICK_BYTES = 10_000_000;

async function isQuick({ fsPath }: vscode.Uri): Promise<boolean> {
  return stat(fsPath).then(
    ({ size }) => size < QUICK_BYTES,
    () => true,
  );
}

async function check(
  client: LanguageClient,
  uri: string,
  progress: vscode.Progress<{ message?: string; increment?: number }>,
  token: vscode.CancellationToken,
): Promise<FileCheck | undefined> {
  const workDoneToken = `check:${uri}:${Date.now()}`;
  let reported = 0;
  const listener = client.onProgress(WorkDoneProgress.type, workDoneToken, (value) => {
    if (value.kind === 'end') return;
    const percentage = value.percentage ?? reported;
    progress.report({ increment: percentage - reported, ...(value.message ? { message: value.message } : {}) });
    reported = percentage;
  });
  try {
    return await client.sendRequest(CheckFile, { uri, workDoneToken, asBatch: true }, token);
  } catch (error) {
    if (token.isCancellationRequested) return undefined;
    throw error;
  } finally {
    listener.dispose();
  }
}
