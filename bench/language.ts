import { readFileSync } from 'node:fs';
import {
  CompletionRequest,
  DocumentHighlightRequest,
  HoverRequest,
  type Position,
} from 'vscode-languageserver-protocol/node';
import { type LspClient, withServers } from './lsp-client';
import { percentile } from './median';
import type { Row } from './row';

const ROUNDS = 300;
const URI = 'file:///bench.batch.jsonl';

/** What follows the cursor in a large document, against the same question to a server that does nothing, asked in turn. */
export async function measureLanguage(path: string): Promise<Row[]> {
  const text = readFileSync(path, 'utf8');
  const positions = positionsIn(text.split('\n').filter((line) => line !== ''));
  return withServers(async (ours, nothing) => {
    await nothing.open(URI, text);
    await ours.open(URI, text);
    const rows: Row[] = [];
    for (const [what, method] of METHODS) rows.push(await answers(what, method, positions, { ours, nothing }));
    return rows;
  });
}

const METHODS = [
  ['hover', HoverRequest.method],
  ['completion', CompletionRequest.method],
  ['highlight', DocumentHighlightRequest.method],
] as const;

async function answers(
  what: string,
  method: string,
  positions: readonly Position[],
  servers: { readonly ours: LspClient; readonly nothing: LspClient },
): Promise<Row> {
  const times: { ours: number[]; nothing: number[] } = { ours: [], nothing: [] };
  for (const position of positions) {
    times.nothing.push(await servers.nothing.ask(method, URI, position));
    times.ours.push(await servers.ours.ask(method, URI, position));
  }
  const [ours, nothing] = [percentile(times.ours, 0.95), percentile(times.nothing, 0.95)];
  return {
    what: `${what} in an open document, p95`,
    yardstick: 'a server that does nothing, p95',
    value: ours - nothing,
    unit: 'ms',
    reach: { most: 5 },
    note: `${ours.toFixed(2)} ms, the other ${nothing.toFixed(2)} ms; median ${percentile(times.ours, 0.5).toFixed(2)} ms; ${ROUNDS} places`,
  };
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
