import { PassThrough } from 'node:stream';
import type { TestContext } from 'node:test';
import { pathToFileURL } from 'node:url';
import {
  createConnection,
  ProposedFeatures,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-languageserver/node';
import {
  type ClientCapabilities,
  StreamMessageReader as ClientReader,
  StreamMessageWriter as ClientWriter,
  type CodeAction,
  CodeActionRequest,
  type CodeLens,
  CodeLensRequest,
  type CompletionItem,
  CompletionRequest,
  ConfigurationRequest,
  createProtocolConnection,
  type Diagnostic,
  DidChangeTextDocumentNotification,
  DidCloseTextDocumentNotification,
  DidOpenTextDocumentNotification,
  type Hover,
  HoverRequest,
  InitializedNotification,
  type InitializeParams,
  InitializeRequest,
  type InitializeResult,
  type Position,
  type ProtocolConnection,
  PublishDiagnosticsNotification,
  type PublishDiagnosticsParams,
  type Range,
  RegistrationRequest,
  ShutdownRequest,
  type TextDocumentContentChangeEvent,
} from 'vscode-languageserver-protocol/node';
import { type FileSummary, type InitializationOptions, SummaryChanged } from '../../server/src/protocol';
import { startServer } from '../../server/src/server';

/** The other end of a real language server in this process: real messages over real streams. */
export interface TestClient {
  readonly connection: ProtocolConnection;
  readonly initialized: InitializeResult;
  /** Everything that was published, in order. */
  readonly published: readonly PublishDiagnosticsParams[];
  readonly summaries: readonly { uri: string; summary: FileSummary | null }[];
  /** What the server gets when it asks for the section `messageBatches`. */
  settings: Record<string, unknown>;
  open(uri: string, text: string, version?: number, languageId?: string): void;
  change(uri: string, version: number, ...changes: TextDocumentContentChangeEvent[]): void;
  close(uri: string): void;
  /** The latest diagnostics of a document, as soon as they are what is expected. */
  diagnostics(uri: string, isExpected?: (diagnostics: Diagnostic[]) => boolean): Promise<Diagnostic[]>;
  summary(uri: string, isExpected?: (summary: FileSummary | null) => boolean): Promise<FileSummary | null>;
  complete(uri: string, position: Position): Promise<CompletionItem[]>;
  hover(uri: string, position: Position): Promise<Hover | null>;
  lenses(uri: string): Promise<CodeLens[]>;
  actions(uri: string, range: Range, only?: string[]): Promise<CodeAction[]>;
  /** Settled when the server has handled all that was sent before, and sent all that follows from it at once. */
  quiet(): Promise<void>;
}

export async function startClient(
  test: TestContext,
  {
    capabilities = FULL,
    options = { commands: true },
  }: { capabilities?: ClientCapabilities; options?: InitializationOptions } = {},
): Promise<TestClient> {
  const [up, down] = [new PassThrough(), new PassThrough()];
  startServer(createConnection(ProposedFeatures.all, new StreamMessageReader(up), new StreamMessageWriter(down)));
  const connection = createProtocolConnection(new ClientReader(down), new ClientWriter(up));
  const client = createClient(connection);
  connection.listen();
  const params: InitializeParams = { processId: null, rootUri: null, capabilities, initializationOptions: options };
  const initialized = await connection.sendRequest(InitializeRequest.type, params);
  await connection.sendNotification(InitializedNotification.type, {});
  test.after(async () => {
    await connection.sendRequest(ShutdownRequest.type);
    connection.dispose();
  });
  return Object.assign(client, { initialized });
}

/** As much as VS Code can. */
export const FULL: ClientCapabilities = {
  workspace: {
    configuration: true,
    didChangeConfiguration: { dynamicRegistration: true },
    didChangeWatchedFiles: { dynamicRegistration: true },
    workspaceEdit: { documentChanges: true, changeAnnotationSupport: {} },
  },
  textDocument: { codeAction: { resolveSupport: { properties: ['edit'] } } },
  window: { workDoneProgress: true },
};

export const uriOf = (path: string): string => pathToFileURL(path).href;

function createClient(connection: ProtocolConnection): Omit<TestClient, 'initialized'> {
  const published: PublishDiagnosticsParams[] = [];
  const summaries: { uri: string; summary: FileSummary | null }[] = [];
  const waiting = new Set<() => void>();
  const arrived = (): void => {
    for (const look of [...waiting]) look();
  };
  connection.onNotification(PublishDiagnosticsNotification.type, (params) => {
    published.push(params);
    arrived();
  });
  connection.onNotification(SummaryChanged, (params) => {
    summaries.push(params);
    arrived();
  });
  /** The first defined answer, now or after something has arrived. */
  const eventually = <T>(find: () => T | undefined): Promise<T> =>
    new Promise((resolve) => {
      const look = (): void => {
        const found = find();
        if (found === undefined) return;
        waiting.delete(look);
        resolve(found);
      };
      waiting.add(look);
      look();
    });
  const client: Omit<TestClient, 'initialized'> = {
    connection,
    published,
    summaries,
    settings: {},
    open: (uri, text, version = 1, languageId = 'jsonl') => {
      const textDocument = { uri, languageId, version, text };
      void connection.sendNotification(DidOpenTextDocumentNotification.type, { textDocument });
    },
    change: (uri, version, ...contentChanges) => {
      const params = { textDocument: { uri, version }, contentChanges };
      void connection.sendNotification(DidChangeTextDocumentNotification.type, params);
    },
    close: (uri) => void connection.sendNotification(DidCloseTextDocumentNotification.type, { textDocument: { uri } }),
    diagnostics: (uri, isExpected = () => true) =>
      eventually(() => {
        const latest = published.findLast((params) => params.uri === uri)?.diagnostics;
        return latest && isExpected(latest) ? latest : undefined;
      }),
    summary: async (uri, isExpected = () => true) => {
      const { summary } = await eventually(() => {
        const latest = summaries.findLast((params) => params.uri === uri);
        return latest && isExpected(latest.summary) ? latest : undefined;
      });
      return summary;
    },
    complete: async (uri, position) =>
      (await connection.sendRequest(CompletionRequest.type, { textDocument: { uri }, position })) as CompletionItem[],
    hover: (uri, position) => connection.sendRequest(HoverRequest.type, { textDocument: { uri }, position }),
    lenses: async (uri) => (await connection.sendRequest(CodeLensRequest.type, { textDocument: { uri } })) ?? [],
    actions: async (uri, range, only) => {
      const context = { diagnostics: [], ...(only && { only }) };
      const params = { textDocument: { uri }, range, context };
      return ((await connection.sendRequest(CodeActionRequest.type, params)) ?? []) as CodeAction[];
    },
    quiet: async () => {
      for (let round = 0; round < 3; round++) await connection.sendRequest(HoverRequest.type, NOWHERE);
    },
  };
  connection.onRequest(ConfigurationRequest.type, ({ items }) => items.map(() => client.settings));
  connection.onRequest(RegistrationRequest.type, () => {});
  return client;
}

/** A request that costs nothing, for its answer comes after all that was asked before. */
const NOWHERE = { textDocument: { uri: 'untitled:nowhere' }, position: { line: 0, character: 0 } };
