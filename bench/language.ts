import { readFileSync } from 'node:fs';
import { PassThrough } from 'node:stream';
import {
  createConnection,
  ProposedFeatures,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-languageserver/node';
import {
  StreamMessageReader as ClientReader,
  StreamMessageWriter as ClientWriter,
  CompletionRequest,
  createProtocolConnection,
  DidOpenTextDocumentNotification,
  DocumentHighlightRequest,
  HoverRequest,
  InitializedNotification,
  InitializeRequest,
  type Position,
  type ProtocolConnection,
} from 'vscode-languageserver-protocol/node';
import { startServer } from '../server/src/server';
import type { Row } from './row';

const ROUNDS = 300;

const URI = 'file:///bench/clean.batch.jsonl';

/** What follows the cursor in a large document: 95th percentiles, against a request that an idle server answers with nothing. */
export async function measureLanguage(path: string): Promise<Row[]> {
  const connection = await connected();
  const idle = await percentile((position) => ask(connection, HoverRequest.method, 'untitled:none', position), []);
  const text = readFileSync(path, 'utf8');
  const lines = text.split('\n').filter((line) => line !== '');
  const textDocument = { uri: URI, languageId: 'jsonl', version: 1, text };
  await connection.sendNotification(DidOpenTextDocumentNotification.type, { textDocument });
  await ask(connection, HoverRequest.method, URI, { line: 0, character: 0 });
  const rows: Row[] = [];
  for (const [what, method] of [
    ['hover', HoverRequest.method],
    ['completion', CompletionRequest.method],
    ['highlight', DocumentHighlightRequest.method],
  ] as const) {
    const ours = await percentile((position) => ask(connection, method, URI, position), lines);
    const note = `${ours.toFixed(2)} ms, idle ${idle.toFixed(2)} ms`;
    rows.push({
      what: `${what} in the open file, p95`,
      yardstick: 'an idle round trip, p95',
      value: ours - idle,
      unit: 'ms',
      reach: { most: 5 },
      note: `${ours.toFixed(2)} ms, idle ${idle.toFixed(2)} ms`,
    });
  }
  connection.dispose();
  return rows;
}

async function connected(): Promise<ProtocolConnection> {
  const [up, down] = [new PassThrough(), new PassThrough()];
  startServer(createConnection(ProposedFeatures.all, new StreamMessageReader(up), new StreamMessageWriter(down)));
  const connection = createProtocolConnection(new ClientReader(down), new ClientWriter(up));
  connection.listen();
  await connection.sendRequest(InitializeRequest.type, { processId: null, rootUri: null, capabilities: {} });
  await connection.sendNotification(InitializedNotification.type, {});
  return connection;
}

function ask(connection: ProtocolConnection, method: string, uri: string, position: Position): Promise<unknown> {
  return connection.sendRequest(method, { textDocument: { uri }, position });
}

/** The 95th percentile in ms of asking at keys all over the lines, each time in another one. */
async function percentile(
  request: (position: Position) => Promise<unknown>,
  lines: readonly string[],
): Promise<number> {
  const times: number[] = [];
  for (let i = 0; i < ROUNDS; i++) {
    const line = Math.floor((lines.length / ROUNDS) * i);
    const keys = [
      ...(lines[line] ?? '').matchAll(/(?:"(?:max_tokens|role|type|text)"|(?<="(?:role|type|model)": ?)")/g),
    ];
    const character = (keys[i % Math.max(1, keys.length)]?.index ?? 0) + 2;
    const start = performance.now();
    await request({ line, character });
    times.push(performance.now() - start);
  }
  return times.sort((a, b) => a - b)[Math.floor(ROUNDS * 0.95)] ?? Number.NaN;
}
