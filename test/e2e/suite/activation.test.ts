import assert from 'node:assert/strict';
import path from 'node:path';
import { suite, test } from 'mocha';
import * as vscode from 'vscode';
import { eventually, openSample } from './support';

suite('activation', () => {
  test('the client is loaded with the first batch file, the SDK not before a call of the API', async () => {
    await extension().activate();
    const log = await vscode.workspace.openTextDocument({ language: 'jsonl', content: '{"jsonrpc":"2.0","id":1}\n' });
    await vscode.window.showTextDocument(log);
    assert.deepEqual(loaded(), ['extension.js']);
    const { document } = await openSample('tickets.batch.jsonl');
    assert.equal(document.languageId, 'jsonl');
    await eventually(() => vscode.languages.getDiagnostics(document.uri).length > 0);
    assert.deepEqual(loaded(), ['client.js', 'extension.js']);
  });
});

function extension(): vscode.Extension<unknown> {
  const found = vscode.extensions.getExtension('message-batches.message-batches');
  assert.ok(found, 'VS Code knows the extension');
  return found;
}

/** Which of our bundles the extension host has loaded. */
function loaded(): string[] {
  const dist = path.join(extension().extensionPath, 'dist');
  return Object.keys(require.cache)
    .flatMap((file) => (path.dirname(file) === dist ? path.basename(file) : []))
    .sort();
}
