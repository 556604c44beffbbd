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

/** What follows the cursor in a large document, against a request that is answered with nothing, asked in turn. */
export async function measureLanguage(path: string): Promise<Row[]> {
  const connection = await connected();
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
    const times: { ours: number[]; idle: number[] } = { ours: [], idle: [] };
    for (const position of positionsIn(lines)) {
      times.idle.push(await timed(() => ask(connection, method, 'untitled:none', position)));
      times.ours.push(await timed(() => ask(connection, method, URI, position)));
    }
    const [ours, idle] = [percentile(times.ours), percentile(times.idle)];
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

/** At keys and at values all over the file, each time in another line. */
function positionsIn(lines: readonly string[]): Position[] {
  return Array.from({ length: ROUNDS }, (_, i) => {
    const line = Math.floor((lines.length / ROUNDS) * i);
    const places = [...(lines[line] ?? '').matchAll(PLACES)];
    return { line, character: (places[i % Math.max(1, places.length)]?.index ?? 0) + 2 };
  });
}

const PLACES = /"(?:max_tokens|role|type|text)"|(?<="(?:role|type|model)": ?)"/g;

async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

function percentile(times: readonly number[]): number {
  return times.toSorted((a, b) => a - b)[Math.floor(times.length * 0.95)] ?? Number.NaN;
}
