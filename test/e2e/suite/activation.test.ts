import assert from 'node:assert/strict';
import { suite, test } from 'mocha';
import * as vscode from 'vscode';

suite('activation', () => {
  test('the extension is there, and active on a batch file', async () => {
    const [sample] = await vscode.workspace.findFiles('*.jsonl', null, 1);
    assert.ok(sample, 'samples/ holds a .jsonl file');
    const document = await vscode.workspace.openTextDocument(sample);
    await vscode.window.showTextDocument(document);
    assert.equal(document.languageId, 'jsonl');
    const extension = vscode.extensions.getExtension('message-batches.message-batches');
    assert.ok(extension, 'VS Code knows the extension');
    await extension.activate();
    assert.equal(extension.isActive, true);
  });
});
