import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import {
  createProtocolConnection,
  DidChangeTextDocumentNotification,
  DidCloseTextDocumentNotification,
  DidOpenTextDocumentNotification,
  ExitNotification,
  HoverRequest,
  InitializedNotification,
  InitializeRequest,
  type Position,
  type ProtocolConnection,
  PublishDiagnosticsNotification,
  type PublishDiagnosticsParams,
  ShutdownRequest,
  StreamMessageReader,
  StreamMessageWriter,
  type TextDocumentContentChangeEvent,
} from 'vscode-languageserver-protocol/node';
import { timed } from './median';

/** A language server in a process of its own, spoken to over stdio. Times are in milliseconds, as the client sees them. */
export class LspClient {
  readonly #process: ChildProcess;
  readonly #connection: ProtocolConnection;
  #version = 1;
  #onPublished = (_: PublishDiagnosticsParams): void => {};

  constructor(server: string) {
    this.#process = spawn(process.execPath, [server, '--stdio'], { stdio: ['pipe', 'pipe', 'inherit'] });
    const { stdin, stdout } = this.#process;
    this.#connection = createProtocolConnection(new StreamMessageReader(stdout!), new StreamMessageWriter(stdin!));
    this.#connection.onNotification(PublishDiagnosticsNotification.type, (params) => this.#onPublished(params));
    this.#connection.listen();
  }

  async start(): Promise<void> {
    await this.#connection.sendRequest(InitializeRequest.type, { processId: null, rootUri: null, capabilities: {} });
    await this.#connection.sendNotification(InitializedNotification.type, {});
  }

  /** From opening a document to its diagnostics. */
  open(uri: string, text: string): Promise<number> {
    const textDocument = { uri, languageId: 'jsonl', version: this.#version, text };
    return timed(() => this.#publishedAfter(DidOpenTextDocumentNotification.type.method, { textDocument }));
  }

  close(uri: string): Promise<void> {
    return this.#connection.sendNotification(DidCloseTextDocumentNotification.type, { textDocument: { uri } });
  }

  /** From a change to the diagnostics that it changes. */
  changeShown(uri: string, change: TextDocumentContentChangeEvent): Promise<number> {
    return timed(() => this.#publishedAfter(DidChangeTextDocumentNotification.type.method, this.#params(uri, change)));
  }

  /** From a change that leaves the diagnostics as they are to the answer of a question that is asked right after it. */
  changeUnseen(uri: string, change: TextDocumentContentChangeEvent): Promise<number> {
    return timed(async () => {
      void this.#connection.sendNotification(DidChangeTextDocumentNotification.type, this.#params(uri, change));
      await this.#connection.sendRequest(HoverRequest.type, NOWHERE);
    });
  }

  /** A question about a place in a document, and its answer. */
  ask(method: string, uri: string, position: Position): Promise<number> {
    return timed(() => this.#connection.sendRequest(method, { textDocument: { uri }, position }));
  }

  async stop(): Promise<void> {
    await this.#connection.sendRequest(ShutdownRequest.type);
    const exited = once(this.#process, 'exit');
    await this.#connection.sendNotification(ExitNotification.type);
    await exited;
    this.#connection.dispose();
  }

  #params(uri: string, change: TextDocumentContentChangeEvent) {
    return { textDocument: { uri, version: ++this.#version }, contentChanges: [change] };
  }

  async #publishedAfter(method: string, params: object): Promise<void> {
    const published = new Promise<PublishDiagnosticsParams>((resolve) => {
      this.#onPublished = resolve;
    });
    await this.#connection.sendNotification(method, params);
    await published;
  }
}

const NOWHERE = { textDocument: { uri: 'untitled:nowhere' }, position: { line: 0, character: 0 } };

/** A server that is stopped after its use. */
export async function withServer<T>(which: 'ours' | 'nothing', use: (client: LspClient) => Promise<T>): Promise<T> {
  const client = new LspClient(path.join(__dirname, which === 'ours' ? 'server.js' : 'bench-null-server.js'));
  await client.start();
  try {
    return await use(client);
  } finally {
    await client.stop();
  }
}

/** Ours and one that does nothing, side by side. */
export function withServers<T>(use: (ours: LspClient, nothing: LspClient) => Promise<T>): Promise<T> {
  return withServer('nothing', (nothing) => withServer('ours', (ours) => use(ours, nothing)));
}
