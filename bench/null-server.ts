import { createConnection, ProposedFeatures, TextDocumentSyncKind } from 'vscode-languageserver/node';

/** A language server that does nothing: it takes every document and change, and says at once that all is well. */
const connection = createConnection(ProposedFeatures.all);
const wellIsAll = (uri: string, version: number): void =>
  void connection.sendDiagnostics({ uri, version, diagnostics: [] });
connection.onInitialize(() => ({
  capabilities: {
    textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental },
    hoverProvider: true,
    completionProvider: {},
    documentHighlightProvider: true,
  },
}));
connection.onDidOpenTextDocument(({ textDocument: { uri, version } }) => wellIsAll(uri, version));
connection.onDidChangeTextDocument(({ textDocument: { uri, version } }) => wellIsAll(uri, version));
connection.onHover(() => null);
connection.onCompletion(() => []);
connection.onDocumentHighlight(() => []);
connection.listen();
