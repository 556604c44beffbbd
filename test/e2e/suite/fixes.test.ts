import assert from 'node:assert/strict';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { setup, suite, test } from 'mocha';
import * as vscode from 'vscode';
import { eventually, run, sampleUri } from './support';

const line = (id: string): string =>
  `{"custom_id":"${id}","params":{"model":"claude-haiku-4-5","max_tokens":64,"messages":[{"role":"user","content":"Hi"}]}}`;

/** Each line another kind, nearly all with a quick fix. */
const tenKindsOfErrors = [
  line('a b'),
  line('x'),
  line('x'),
  line('c').replace('max_tokens', 'max_token'),
  line('d').replace('claude-haiku-4-5', 'claude-haiku-4.5'),
  line('e').replace('64', '9999999'),
  line('f').replace('64', '"64"'),
  line('g').replace('"user"', '"developer"'),
  line('h').replace('"messages"', '"stream":true,"messages"'),
  line('i').replace('"Hi"', '" "'),
  line('j').replace('}]}}', '},]}}'),
  line('k').replace('"messages"', '"output_config":{"effort":"low"},"messages"'),
];

suite('fixes of a whole file', () => {
  setup(() => run('workbench.action.closeAllEditors'));

  test('all ids become valid and unique, and the old ones are written beside the file', async () => {
    const file = sampleUri('ids.batch.jsonl');
    writeFileSync(file.fsPath, [line('a b'), line('x'), line('x')].join('\n'));
    const { document } = await vscode.window.showTextDocument(file, { preview: false });
    await eventually(() => vscode.languages.getDiagnostics(file).length === 2);
    const found = await run('vscode.executeCodeActionProvider', file, new vscode.Range(0, 0, 3, 0), undefined, 20);
    const action = (found as vscode.CodeAction[]).find(({ title }) => title.startsWith('Make All custom_ids'));
    assert.ok(action?.edit && action.command);
    await vscode.workspace.applyEdit(action.edit);
    assert.equal(document.getText(), [line('a-b'), line('x'), line('x-2')].join('\n'));
    const ids = sampleUri('ids.ids.csv').fsPath;
    void run(action.command.command, ...(action.command.arguments ?? []));
    // Its name is taken before it is written.
    await eventually(() => existsSync(ids) && readFileSync(ids).length > 0);
    assert.equal(readFileSync(ids, 'utf8'), 'old_custom_id,new_custom_id,line\r\na b,a-b,1\r\nx,x-2,3\r\n');
    await document.save();
    for (const path of [file.fsPath, ids]) rmSync(path);
  });

  test('a save leaves a file with errors as it is, byte for byte', async () => {
    const file = sampleUri('wrong.batch.jsonl');
    const text = tenKindsOfErrors.join('\r\n');
    writeFileSync(file.fsPath, text);
    const settings = vscode.workspace.getConfiguration('editor', { languageId: 'jsonl' });
    await settings.update('codeActionsOnSave', { 'source.fixAll': 'always' }, vscode.ConfigurationTarget.Global, true);
    const editor = await vscode.window.showTextDocument(file, { preview: false });
    const kinds = () => new Set(vscode.languages.getDiagnostics(file).map(({ code }) => JSON.stringify(code)));
    await eventually(() => kinds().size >= 10);
    const start = new vscode.Position(0, 0);
    await editor.edit((edit) => edit.insert(start, '\r\n'));
    await editor.document.save();
    assert.equal(readFileSync(file.fsPath, 'utf8'), text);
    await settings.update('codeActionsOnSave', undefined, vscode.ConfigurationTarget.Global, true);
    rmSync(file.fsPath);
  });
});
