import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { TextDocumentEdit } from 'vscode-languageserver-protocol';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { EditDocument } from '../../server/src/protocol';
import { requestLine } from '../support/contexts';
import { startClient } from './client';

const URI = 'untitled:tickets.batch.jsonl';

test('an open document is edited after a look at it', async (t) => {
  const client = await startClient(t);
  const text = [requestLine('a'), '', requestLine('b').replaceAll(',', ', '), requestLine('a')].join('\n');
  client.open(URI, text);
  const ask = (edit: Parameters<typeof JSON.stringify>[0]) =>
    client.connection.sendRequest(EditDocument, { uri: URI, edit, title: 'Bulk' });
  const minified = await ask({ op: 'minify' });
  const annotations = Object.values(minified?.edit?.changeAnnotations ?? {});
  assert.ok(annotations.some(({ label, needsConfirmation }) => label === 'Bulk' && needsConfirmation));
  const applied = (edit: typeof minified): string => {
    const [change] = (edit?.edit?.documentChanges ?? []) as TextDocumentEdit[];
    return TextDocument.applyEdits(TextDocument.create(URI, 'jsonl', 1, text), (change?.edits ?? []) as never[]);
  };
  assert.equal(applied(minified), [requestLine('a'), '', requestLine('b'), requestLine('a')].join('\n'));
  const dropped = await ask({ op: 'drop-duplicates', by: 'custom_id' });
  assert.equal(applied(dropped), text.slice(0, text.lastIndexOf('\n')));
  assert.deepEqual([dropped?.changed, dropped?.removed], [1, 1]);
  const nothing = await ask({ op: 'remove', path: ['params', 'none'] });
  assert.equal(nothing?.edit, null);
  assert.equal(
    await client.connection.sendRequest(EditDocument, { uri: 'untitled:no', edit: { op: 'minify' }, title: '' }),
    null,
  );
});
