import { basename } from 'node:path';
import {
  BulkRegistration,
  CodeActionKind,
  type Connection,
  DidChangeConfigurationNotification,
  DidChangeWatchedFilesNotification,
  type ServerCapabilities,
  type TextDocumentIdentifier,
  TextDocumentSyncKind,
} from 'vscode-languageserver';
import { SETTINGS_FILE } from '../../files/settings-file';
import { clientFeatures } from './client-features';
import type { BatchDocument } from './documents';
import { deriveOnDisk, editDocument, editOnDisk } from './features/bulk-edit';
import { codeActions, FIX_ALL, resolveCodeAction, uriOf } from './features/code-action';
import { codeLenses } from './features/code-lens';
import { compareModels } from './features/compare-models';
import { completion, TRIGGERS } from './features/completion';
import { convertOnDisk } from './features/convert-file';
import { breakDownCost, exportCost } from './features/cost';
import { createOnDisk, previewOnDisk, starterOnDisk } from './features/create-file';
import { definition } from './features/definition';
import { documentHighlights } from './features/document-highlight';
import { documentLinks } from './features/document-link';
import { documentSymbols } from './features/document-symbol';
import { fixOnDisk } from './features/fix-file';
import { hover } from './features/hover';
import { inlayHints } from './features/inlay-hint';
import { judgeRequest } from './features/judge-request';
import { references } from './features/references';
import { prepareRename, rename, renameWarning } from './features/rename';
import { findRequest, requestAt } from './features/requests';
import { resultMarks } from './features/result-marks';
import { answerMarkdown, otherSide } from './features/result-places';
import { sampleRequests } from './features/sample-requests';
import { selectionRanges } from './features/selection-range';
import { workspaceSymbols } from './features/workspace-symbol';
import { onNotification, onRequest } from './messages';
import {
  ApiFindings,
  CheckFile,
  ConvertFile,
  CreateFile,
  DeriveFiles,
  EditDocument,
  EditFile,
  FindRequest,
  FixFile,
  ForgetFile,
  HiddenDataOf,
  JudgeRequest,
  LearnedChanged,
  ModelsRefreshed,
  PreviewCreation,
  RenameWarning,
  RequestAt,
  StarterTemplate,
  TreatAs,
} from './protocol';
import { BreakDownCost, CompareModels, ExportCost, SampleRequests } from './protocol/cost';
import { ClearResults, ResultMarks, RunsChanged } from './protocol/results';
import { inBackground, safely } from './safely';
import { Session } from './session';
import { type Known, SECTION } from './settings';
import { pathOf } from './uris';

const CAPABILITIES: ServerCapabilities = {
  textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental },
  completionProvider: { triggerCharacters: TRIGGERS },
  hoverProvider: true,
  documentSymbolProvider: { label: 'Message Batches' },
  workspaceSymbolProvider: true,
  definitionProvider: true,
  referencesProvider: true,
  documentHighlightProvider: true,
  renameProvider: { prepareProvider: true },
  documentLinkProvider: {},
  selectionRangeProvider: true,
  codeLensProvider: {},
  inlayHintProvider: true,
  codeActionProvider: { codeActionKinds: [CodeActionKind.QuickFix, FIX_ALL], resolveProvider: true },
};

/** The language server as a table of contents: what it listens to, and what answers. Returns at once. */
export function startServer(connection: Connection, known: Known = {}): void {
  connection.onInitialize((params) => {
    const session = new Session(connection, clientFeatures(params), known);
    followDocuments(session);
    answerEditor(session);
    answerClient(session);
    followSettings(session);
    return { capabilities: CAPABILITIES, serverInfo: { name: 'message-batches' } };
  });
  connection.listen();
}

function followDocuments(session: Session): void {
  const { connection, documents, summaries } = session;
  documents.onDidOpen(({ document }) => session.open(document));
  documents.onDidChangeContent(({ document }) => session.tell(document));
  documents.onDidClose(({ document }) => session.close(document));
  documents.listen(connection);
  connection.onShutdown(() => summaries.dispose());
}

/** The standard requests; each is answered from an open document, once its settings are known. */
function answerEditor(session: Session): void {
  const { connection, client, documents, diagnostics, results } = session;
  const answer = <P extends { textDocument: TextDocumentIdentifier }, R>(
    what: string,
    fallback: R,
    handle: (document: BatchDocument, params: P) => R | Promise<R>,
  ) =>
    safely(connection, what, fallback, async (params: P) => {
      const document = documents.get(params.textDocument.uri);
      await document?.whenJudged;
      return document ? document.inDocument(await handle(document, document.inLines(params))) : fallback;
    });
  connection.onCompletion(answer('completion', [], (document, { position }) => completion(document, position, client)));
  connection.onHover(
    answer('hover', null, async (document, { position }) =>
      hover(document, position, await answerMarkdown(document, position, results)),
    ),
  );
  connection.onDocumentSymbol(answer('outline', [], (document) => documentSymbols(document)));
  connection.onWorkspaceSymbol(
    safely(connection, 'finding requests', [], (params, cancel) => workspaceSymbols(params, cancel, session)),
  );
  connection.onDefinition(
    answer('definition', null, async (document, { position }) => {
      const other = await otherSide(document, position, session);
      return other.length > 0 ? other.slice(0, 1) : definition(document, position);
    }),
  );
  connection.onReferences(
    answer('references', [], async (document, params) => [
      ...references(document, params),
      ...(await otherSide(document, params.position, session)),
    ]),
  );
  connection.onDocumentHighlight(
    answer('highlight', [], (document, { position }) => documentHighlights(document, position)),
  );
  connection.onPrepareRename(answer('rename', null, (document, { position }) => prepareRename(document, position)));
  onRequest(
    connection,
    RenameWarning,
    answer('rename', null, (document, { position }) => renameWarning(document, position, results)),
  );
  connection.onRenameRequest(answer('rename', null, (document, params) => rename(document, params, session)));
  connection.onDocumentLinks(answer('links', [], (document) => documentLinks(document)));
  connection.onSelectionRanges(
    answer('selection', [], (document, { positions }) => selectionRanges(document, positions)),
  );
  connection.onCodeLens(answer('code lens', [], (document) => codeLenses(document, client, results)));
  connection.languages.inlayHint.on(
    answer('inlay hints', [], async (document, { range }) =>
      (await session.settings.showsCostInline(document.uri)) ? inlayHints(document, range) : [],
    ),
  );
  connection.onCodeAction(
    answer('code action', [], (document, params) => codeActions(document, diagnostics.of(document), params, client)),
  );
  connection.onCodeActionResolve((action) => {
    const document = documents.get(uriOf(action));
    return document ? document.inDocument(resolveCodeAction(document.inLines(action), document, client)) : action;
  });
}

/** The requests that are ours. */
function answerClient(session: Session): void {
  const { connection, documents, disk } = session;
  onRequest(connection, CheckFile, (params, cancel) => disk.check(params, cancel));
  onRequest(connection, FixFile, (params, cancel) => fixOnDisk(params, cancel, session));
  onRequest(
    connection,
    EditDocument,
    safely(connection, 'bulk edit', null, (params) => {
      const document = documents.get(params.uri);
      return document ? editDocument(document, params, session.client) : null;
    }),
  );
  onRequest(connection, EditFile, (params, cancel) => editOnDisk(params, cancel, session));
  onRequest(connection, DeriveFiles, (params, cancel) => deriveOnDisk(params, cancel, session));
  onRequest(connection, ConvertFile, (params, cancel) => convertOnDisk(params, cancel, session));
  onRequest(connection, PreviewCreation, (params, cancel) => previewOnDisk(params, cancel, session));
  onRequest(connection, CreateFile, (params, cancel) => createOnDisk(params, cancel, session));
  onRequest(connection, BreakDownCost, (params, cancel) => breakDownCost(params, cancel, session));
  onRequest(connection, CompareModels, (params, cancel) => compareModels(params, cancel, session));
  onRequest(connection, ExportCost, (params, cancel) => exportCost(params, cancel, session));
  onRequest(connection, SampleRequests, (params, cancel) => sampleRequests(params, cancel, session));
  onRequest(connection, StarterTemplate, (params, cancel) => starterOnDisk(params, cancel, session));
  onRequest(
    connection,
    RequestAt,
    safely(connection, 'request at a line', null, (at) => requestAt(documents, at)),
  );
  onRequest(
    connection,
    FindRequest,
    safely(connection, 'finding a request', null, (id) => findRequest(documents, id)),
  );
  onRequest(connection, JudgeRequest, (line) => judgeRequest(session.settings, line));
  onNotification(connection, ApiFindings, (params) =>
    inBackground(connection, 'showing what the API said', session.apiSaid(params)),
  );
  onRequest(
    connection,
    ResultMarks,
    safely(connection, 'marking results', [], (of) => resultMarks(documents, session.results, of)),
  );
  onNotification(connection, ClearResults, ({ uri, results }) =>
    inBackground(connection, 'clearing results', session.clearResults(uri, results)),
  );
  onNotification(connection, ModelsRefreshed, ({ models }) => session.useModels(models));
  onNotification(connection, LearnedChanged, ({ learned }) => session.useLearned(learned));
  onNotification(connection, RunsChanged, ({ runs }) => session.useRuns(runs));
  onNotification(connection, ForgetFile, ({ uri }) => disk.forget(uri));
  onNotification(connection, HiddenDataOf, ({ uri, hidden }) => session.hide(uri, hidden));
  onNotification(connection, TreatAs, ({ uri, kind }) => session.treatAs(uri, kind));
}

/** What files are judged by: the editor's settings and `message-batches.json`. */
function followSettings(session: Session): void {
  const { connection, client, faults } = session;
  connection.onInitialized(() => {
    const register = BulkRegistration.create();
    if (client.tellsSettings) register.add(DidChangeConfigurationNotification.type, { section: SECTION });
    if (client.watchesFiles) register.add(DidChangeWatchedFilesNotification.type, { watchers: WATCHED });
    if (client.tellsSettings || client.watchesFiles) {
      inBackground(connection, 'registering', connection.client.register(register));
    }
  });
  connection.onDidChangeConfiguration(() => session.judgeAgain());
  connection.onDidChangeWatchedFiles(({ changes }) => {
    const settings = changes.map(({ uri }) => pathOf(uri) ?? '').filter((path) => basename(path) === SETTINGS_FILE);
    for (const path of settings) inBackground(connection, 'reading settings', faults.show(path));
    if (settings.length > 0) session.judgeAgain();
    else session.refreshLenses();
  });
}

/** Results files are watched for the lens that opens them. */
const WATCHED = [{ globPattern: `**/${SETTINGS_FILE}` }, { globPattern: '**/*.results.jsonl' }];
