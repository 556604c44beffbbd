import assert from 'node:assert/strict';
import { rmSync, writeFileSync } from 'node:fs';
import { setup, suite, teardown, test } from 'mocha';
import * as vscode from 'vscode';
import { eventually, openSample, run, sampleUri } from './support';

const NAME = 'mid-size.batch.jsonl';

/** Above 20 MB VS Code asks for no code lens and colours nothing. */
suite('a document of 25 MB', () => {
  setup(() => run('workbench.action.closeAllEditors'));
  teardown(() => rmSync(sampleUri(NAME).fsPath));

  test('has problems, completion, hover and fixes', async () => {
    const content = 'my reading lamp flickers whenever the kettle is on. '.repeat(40);
    const line = (i: number, model: string): string =>
      `{"custom_id":"r-${i}","params":{"model":"${model}","max_tokens":200,"messages":[{"role":"user","content":"${i}: ${content}"}]}}\n`;
    const lines = Array.from({ length: 12_000 }, (_, i) => line(i, 'claude-haiku-4-5'));
    writeFileSync(sampleUri(NAME).fsPath, lines.with(11_000, line(11_000, 'claude-haiku-4.5')).join(''));
    const { document } = await openSample(NAME);
    const { uri } = document;
    // Hints about the whole file are not meant.
    const errors = () =>
      vscode.languages.getDiagnostics(uri).filter(({ severity }) => severity === vscode.DiagnosticSeverity.Error);
    await eventually(() => errors().length === 1);
    const [problem] = errors();
    assert.equal(problem?.range.start.line, 11_000);
    const { start } = problem.range;
    const hovers = await run('vscode.executeHoverProvider', uri, start.translate(0, 3));
    assert.equal((hovers as vscode.Hover[]).length, 1);
    const list = await run('vscode.executeCompletionItemProvider', uri, start.translate(0, 3));
    const labels = (list as vscode.CompletionList).items.map(({ label }) => label);
    assert.ok(
      labels.some((label) => String(label).startsWith('claude-haiku-4-5')),
      JSON.stringify(labels.slice(0, 20)),
    );
    const actions = await run('vscode.executeCodeActionProvider', uri, problem.range);
    const fix = (actions as vscode.CodeAction[]).find(({ title }) => title === 'Change to "claude-haiku-4-5"');
    assert.ok(fix?.edit);
    await vscode.workspace.applyEdit(fix.edit);
    await eventually(() => errors().length === 0);
    await run('workbench.action.revertAndCloseActiveEditor');
  });
});
