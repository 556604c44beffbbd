import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { TextDocumentContentChangeEvent } from 'vscode-languageserver-protocol';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { BatchDocument } from '../../server/src/documents';
import { requestLine } from '../support/contexts';
import { startClient } from './client';

/** A small generator of pseudo-random numbers in [0, 1), the same for the same seed. */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

const SNIPPETS = ['', 'x', '\n', '\r', '\r\n', '\n\n', '"', '{}', 'é😀', `${requestLine('new')}\n`, '"custom_id":"a",'];

function randomChange(document: TextDocument, next: () => number): TextDocumentContentChangeEvent {
  const text = SNIPPETS[Math.floor(next() * SNIPPETS.length)] ?? '';
  if (next() < 0.01) return { text: [requestLine('whole'), text].join('\n') };
  const length = document.getText().length;
  const start = Math.floor(next() * (length + 1));
  const end = Math.min(length, start + Math.floor(next() ** 3 * 60));
  return { range: { start: document.positionAt(start), end: document.positionAt(end) }, text };
}

const TEXT = ['a', 'b', 'c', 'b', ''].map((id) => id && requestLine(id)).join('\n');

test('after the same edits, the same text as the stock document', () => {
  const seed = Date.now() >>> 0;
  const next = random(seed);
  for (let round = 0; round < 50; round++) {
    let stock = TextDocument.create('untitled:a', 'jsonl', 0, TEXT);
    const ours = new BatchDocument('untitled:a', 0, TEXT);
    for (let version = 1; version <= 100; version++) {
      const change = randomChange(stock, next);
      stock = TextDocument.update(stock, [change], version);
      ours.update([change], version);
      assert.equal(ours.text, stock.getText(), `seed ${seed}, round ${round}, version ${version}`);
    }
  }
});

test('after the same edits, the same problems as when opened anew', async (t) => {
  const seed = Date.now() >>> 0;
  const next = random(seed);
  const client = await startClient(t);
  let stock = TextDocument.create('untitled:a.batch.jsonl', 'jsonl', 1, TEXT);
  client.open(stock.uri, TEXT);
  for (let version = 2; version <= 300; version++) {
    const change = randomChange(stock, next);
    stock = TextDocument.update(stock, [change], version);
    client.change(stock.uri, version, change);
    if (version % 20 !== 0) continue;
    const fresh = `untitled:fresh-${version}.batch.jsonl`;
    client.open(fresh, stock.getText());
    await client.quiet();
    const shown = (uri: string) => client.published.findLast((it) => it.uri === uri)?.diagnostics ?? [];
    const withoutUri = (uri: string) => JSON.parse(JSON.stringify(shown(uri)).replaceAll(uri, 'the document'));
    assert.deepEqual(withoutUri(stock.uri), withoutUri(fresh), `seed ${seed}, version ${version}`);
  }
});
