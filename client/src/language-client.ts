import { stat } from 'node:fs/promises';
import path from 'node:path';
import * as vscode from 'vscode';
import {
  LanguageClient,
  type NotificationType,
  type RequestType,
  RevealOutputChannelOn,
  State,
  TransportKind,
  type WorkspaceEdit,
} from 'vscode-languageclient/node';
import type { HiddenData } from '../../batch/excerpt/hidden-data';
import { EXCERPT_SCHEME } from '../../batch/excerpt/scheme';
import type { ModelsOverlay } from '../../batch/models-overlay';
import type { FileCheck } from '../../files/file-check';
import { namedAsBatch } from '../../files/named-as-batch';
import {
  ApiFindings,
  type ApiFindingsParams,
  CheckFile,
  type FileFixed,
  type FileSummary,
  FindRequest,
  FixFile,
  ForgetFile,
  HiddenDataOf,
  type InitializationOptions,
  ModelsRefreshed,
  RequestAt,
  SummaryChanged,
  TreatAs,
} from '../../server/src/protocol';
import { ClearResults, type ResultMark, ResultMarks } from '../../server/src/protocol/results';
import type { ClearedResults } from './cleared-results';
import { confirmRename } from './confirm-rename';
import type { KnownModels } from './known-models';
import { offerWhenTrusted, restrictedLenses } from './restricted-lenses';
import { inPercent, type Progress, withWorkDone } from './work-done';

/** The language server as the rest of the client sees it. It starts with the first call that needs it. */
export interface LanguageServer {
  start(): Promise<void>;
  /** What the server last said of a file; undefined for what is no batch file. */
  summaryOf(uri: vscode.Uri): FileSummary | undefined;
  readonly onDidChangeSummary: vscode.Event<vscode.Uri>;
  /**
   * Checks a file as it is on disk; undefined when it was canceled. With `progress` the caller shows how far it is, `hashed`
   * is for what may be sent then.
   */
  check(uri: vscode.Uri, options?: CheckOptions): Promise<FileCheck | undefined>;
  /** Writes a mended copy of a file as it is on disk, with progress; undefined when the person canceled. */
  fixFile(uri: vscode.Uri, options: FixOptions): Promise<FileFixed | undefined>;
  /** Has what the API refused shown on the lines of a file that was sent. */
  tellApiFindings(uri: vscode.Uri, news: ApiNews): Promise<void>;
  /** Has files judged by what the Models API said. */
  useModels(overlay: ModelsOverlay): Promise<void>;
  /** Tells a server that is there, and each that starts from now on: what it has to know before it is asked anything. */
  keepTold<P>(type: NotificationType<P>, params: () => P | Promise<P>): Promise<void>;
  /** A server is there, for the first time or again: it knows nothing yet. */
  readonly onDidStart: vscode.Event<void>;
  /** The file's tab was closed. */
  forget(uri: vscode.Uri): Promise<void>;
  /** Lines are 0-based. */
  requestAt(uri: vscode.Uri, line: number): Promise<{ customId: string; line: number } | null>;
  findRequest(uri: vscode.Uri, customId: string): Promise<{ line: number } | null>;
  /** Says what the labels of an excerpt stand for, before it is opened. */
  hide(uri: vscode.Uri, hidden: readonly HiddenData[]): Promise<void>;
  /** The requests that were not simply answered, by the newest results beside the file. */
  resultMarks(uri: vscode.Uri): Promise<readonly ResultMark[]>;
  /** Shows nothing more of what came back for a file, now and after the window was reloaded; `results` are its newest. */
  clearResults(uri: vscode.Uri, results: string | null): Promise<void>;
  treatAs(uri: vscode.Uri, kind: 'batch' | 'none'): Promise<void>;
  /** Any other request of `protocol.ts`. Throws what the server says. */
  ask<P, R>(type: RequestType<P, R, void>, params: P): Promise<R>;
  /** A request about files on disk, with progress; undefined when the person canceled. */
  work<P extends object, R>(title: string, type: RequestType<P, R, void>, params: NoInfer<P>): Promise<R | undefined>;
  /** An edit that the server made, as the editor takes it. */
  asWorkspaceEdit(edit: WorkspaceEdit): Promise<vscode.WorkspaceEdit>;
  /** A URI as the server is told it. */
  asUri(uri: vscode.Uri): string;
}

export interface CheckOptions {
  readonly hashed?: boolean;
  /** Judge it as a batch file even where nothing says that it is one. */
  readonly asBatch?: boolean;
  readonly progress?: { readonly token: vscode.CancellationToken; readonly onProgress: (percent: number) => void };
}

/** What is mended, and the files that are written. */
export interface FixOptions {
  /** Ids of rules. */
  readonly rules: readonly string[];
  readonly target: vscode.Uri;
  readonly idsTarget: vscode.Uri;
}

/** What the API answered when a batch was to be created, or the file of its results. */
export interface ApiNews extends Pick<ApiFindingsParams, 'refusal'> {
  /** The list of what was submitted. */
  readonly submitted: vscode.Uri;
  readonly results?: vscode.Uri;
}

export function createLanguageServer(
  context: vscode.ExtensionContext,
  log: vscode.LogOutputChannel,
  models: KnownModels,
  cleared: ClearedResults,
): LanguageServer {
  const client = createClient(context, log, models);
  const summaries = new Map<string, FileSummary>();
  const changed = new vscode.EventEmitter<vscode.Uri>();
  client.onNotification(SummaryChanged, ({ uri, summary }) => {
    const known = client.protocol2CodeConverter.asUri(uri);
    if (summary) summaries.set(known.toString(), summary);
    else summaries.delete(known.toString());
    changed.fire(known);
  });
  const started = new vscode.EventEmitter<void>();
  context.subscriptions.push(client, changed, started, offerWhenTrusted(client));
  const asUri = (uri: vscode.Uri): string => client.code2ProtocolConverter.asUri(uri);
  const kept = new Map<string, () => Promise<void>>();
  const tellAll = async (): Promise<void> => {
    for (const tell of kept.values()) await tell();
    for (const [file, results] of cleared.results)
      await client.sendNotification(ClearResults, {
        uri: asUri(vscode.Uri.parse(file)),
        results: asUri(vscode.Uri.file(results)),
      });
  };
  let telling: Promise<void> = Promise.resolve();
  const tellNext = (tell: () => Promise<void>): Promise<void> => {
    telling = telling.then(tell).catch((error) => log.error(error));
    return telling;
  };
  // Also when it comes back after a crash.
  client.onDidChangeState(({ newState }) => {
    if (newState !== State.Running) return;
    void tellNext(tellAll);
    started.fire();
  });
  const start = async (): Promise<void> => {
    await client.start();
    await telling;
  };
  const work: LanguageServer['work'] = async (title, type, params) => {
    await start();
    const location = vscode.ProgressLocation.Notification;
    return vscode.window.withProgress({ location, title, cancellable: true }, (progress, token) =>
      withWorkDone(client, title, progress, token, (workDoneToken) =>
        client.sendRequest(type.method, { ...params, workDoneToken }, token),
      ),
    );
  };
  return {
    start,
    summaryOf: (uri) => summaries.get(uri.toString()),
    onDidChangeSummary: changed.event,
    onDidStart: started.event,
    check: async (uri, { hashed = false, asBatch: isSaid = false, progress: shown } = {}) => {
      await start();
      const asBatch = isSaid || summaries.get(uri.toString())?.kind === 'batch' || (await isNamedAsBatch(uri));
      const request = (progress: Progress, token: vscode.CancellationToken) =>
        withWorkDone(client, `check:${asUri(uri)}`, progress, token, (workDoneToken) =>
          client.sendRequest(CheckFile, { uri: asUri(uri), workDoneToken, asBatch, hashed }, token),
        );
      if (shown) return request(inPercent(shown.onProgress), shown.token);
      const title = `Checking ${path.basename(uri.fsPath)}`;
      const { Window, Notification } = vscode.ProgressLocation;
      const location = (await isQuick(uri)) ? Window : Notification;
      return vscode.window.withProgress({ location, title, cancellable: true }, request);
    },
    fixFile: (uri, { rules, target, idsTarget }) =>
      work(`Fixing ${path.basename(uri.fsPath)}`, FixFile, {
        uri: asUri(uri),
        rules,
        target: asUri(target),
        idsTarget: asUri(idsTarget),
      }),
    tellApiFindings: async (uri, { submitted, refusal, results }) => {
      await start();
      await client.sendNotification(ApiFindings, {
        uri: asUri(uri),
        submitted: asUri(submitted),
        ...(refusal && { refusal }),
        ...(results && { results: asUri(results) }),
      });
    },
    // A server that is not started yet is told at its start.
    useModels: async (overlay) => {
      if (client.isRunning()) await client.sendNotification(ModelsRefreshed, { models: overlay });
    },
    keepTold: async (type, params) => {
      const tell = async (): Promise<void> => client.sendNotification(type.method, await params());
      kept.set(type.method, tell);
      if (client.isRunning()) await tellNext(tell);
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
    hide: async (uri, hidden) => {
      await start();
      await client.sendNotification(HiddenDataOf, { uri: asUri(uri), hidden });
    },
    resultMarks: async (uri) => {
      await start();
      return client.sendRequest(ResultMarks, { uri: asUri(uri) });
    },
    clearResults: async (uri, results) => {
      await cleared.add(uri, results);
      await client.sendNotification(ClearResults, { uri: asUri(uri) });
    },
    treatAs: async (uri, kind) => {
      await start();
      await client.sendNotification(TreatAs, { uri: asUri(uri), kind });
    },
    ask: async (type, params) => {
      await start();
      return client.sendRequest(type.method, params);
    },
    work,
    asWorkspaceEdit: (edit) => client.protocol2CodeConverter.asWorkspaceEdit(edit),
    asUri,
  };
}

function createClient(
  { extensionUri }: vscode.ExtensionContext,
  log: vscode.LogOutputChannel,
  models: KnownModels,
): LanguageClient {
  const options = (): InitializationOptions => ({
    commands: true,
    rulesDocs: vscode.Uri.joinPath(extensionUri, 'docs', 'rules.md').toString(),
    ...(models.overlay && { models: models.overlay }),
  });
  const server = {
    module: vscode.Uri.joinPath(extensionUri, 'dist', 'server.js').fsPath,
    transport: TransportKind.ipc,
  };
  const documentSelector = [
    ...['file', 'untitled', EXCERPT_SCHEME].flatMap((scheme) => [
      { scheme, language: 'jsonl' },
      { scheme, pattern: '**/*.{jsonl,ndjson}' },
    ]),
    { scheme: EXCERPT_SCHEME, language: 'json' },
  ];
  const client: LanguageClient = new LanguageClient(
    'messageBatches',
    'Message Batches',
    { run: server, debug: { ...server, options: { execArgv: ['--nolazy', '--inspect=6009'] } } },
    {
      documentSelector,
      initializationOptions: options,
      outputChannel: log,
      revealOutputChannelOn: RevealOutputChannelOn.Never,
      diagnosticCollectionName: 'messageBatches',
      middleware: { ...restrictedLenses, ...confirmRename(() => client) },
    },
  );
  return client;
}

/** A notification that is gone at once is noise. */
const QUICK_BYTES = 10_000_000;

async function isQuick({ fsPath }: vscode.Uri): Promise<boolean> {
  return stat(fsPath).then(
    ({ size }) => size < QUICK_BYTES,
    () => true,
  );
}

/** What cannot be read is left to the server, which says why. */
async function isNamedAsBatch({ fsPath }: vscode.Uri): Promise<boolean> {
  return namedAsBatch(fsPath).catch(() => true);
}
