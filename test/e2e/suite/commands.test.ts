import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { setup, suite, test } from 'mocha';
import * as vscode from 'vscode';
import { eventually, openSample, run, sampleUri } from './support';

suite('commands', () => {
  setup(() => run('workbench.action.closeAllEditors'));

  test('all commands of the manifest are there', async () => {
    const extension = vscode.extensions.getExtension('message-batches.message-batches');
    const declared: { command: string }[] = extension?.packageJSON.contributes.commands;
    const known = new Set(await vscode.commands.getCommands(true));
    assert.deepEqual(
      declared.map(({ command }) => command).filter((command) => !known.has(command)),
      [],
    );
  });

  test('"Not a Batch File" takes the problems away, and "Treat as Batch File" brings them back', async () => {
    const { document } = await openSample('tickets.batch.jsonl');
    const problems = () => vscode.languages.getDiagnostics(document.uri).length;
    await eventually(() => problems() > 0);
    await run('messageBatches.notBatchFile');
    await eventually(() => problems() === 0);
    await run('messageBatches.treatAsBatchFile');
    await eventually(() => problems() > 0);
  });

  test('the cursor goes from request to request, however fast', async () => {
    const { document } = await openSample('haiku.batch.jsonl');
    const line = () => vscode.window.activeTextEditor?.selection.active.line;
    await eventually(() => document.uri.toString() === vscode.window.activeTextEditor?.document.uri.toString());
    await Promise.all([run('messageBatches.nextRequest'), run('messageBatches.nextRequest')]);
    assert.equal(line(), 2);
    await run('messageBatches.previousRequest');
    assert.equal(line(), 1);
  });

  test('results open beside their requests, without key and journal', async () => {
    await openSample('haiku.batch.jsonl');
    await run('messageBatches.openResultsBeside', sampleUri('haiku.batch.jsonl'));
    await eventually(() => labels().some((label) => label.startsWith('haiku.') && label.endsWith('.results.jsonl')));
    assert.equal(vscode.window.tabGroups.all.length, 2);
  });

  test('from a results file they open beside the requests too', async () => {
    await openSample('tickets.batch.jsonl');
    await run('messageBatches.openResultsBeside', sampleUri('haiku.20261119T0915Z.results.jsonl'));
    await eventually(() => labels().includes('haiku.batch.jsonl'));
  });

  test('the results follow the batch file in front, also to one that has none', async () => {
    await openSample('tickets.batch.jsonl');
    await run('messageBatches.openResultsBeside', sampleUri('haiku.batch.jsonl'));
    const panel = () => allTabs().find(({ input }) => input instanceof vscode.TabInputWebview)?.label ?? '';
    await eventually(() => panel().endsWith('.results.jsonl'));
    await vscode.window.showTextDocument(sampleUri('tickets.batch.jsonl'), { viewColumn: vscode.ViewColumn.One });
    await eventually(() => panel() === 'tickets.batch.jsonl');
    await vscode.window.showTextDocument(sampleUri('haiku.batch.jsonl'), { viewColumn: vscode.ViewColumn.One });
    await eventually(() => panel().endsWith('.results.jsonl'));
  });

  test('the cost breakdown is a document of its own', async () => {
    await openSample('haiku.batch.jsonl');
    await run('messageBatches.showCostBreakdown', sampleUri('haiku.batch.jsonl'));
    await eventually(() => labels().some((label) => label.includes('Cost of haiku.batch.jsonl')));
  });

  test('a settings fix writes the settings file, and the file is judged by it', async () => {
    const { document } = await openSample('invoices.batch.jsonl');
    const codes = () =>
      vscode.languages.getDiagnostics(document.uri).map(({ code }) => (typeof code === 'object' ? code.value : code));
    await eventually(() => codes().includes('sampling-params'));
    const change = { apiVersion: '2023-06-01' };
    await run('messageBatches.applySettingsFix', { uri: document.uri.toString(), change });
    const settings = path.join(path.dirname(document.uri.fsPath), 'message-batches.json');
    assert.ok(existsSync(settings));
    assert.deepEqual(JSON.parse(readFileSync(settings, 'utf8')), change);
    await eventually(() => !codes().includes('sampling-params'));
  });

  test('a log that is no batch file is left alone', async () => {
    const content = '{"jsonrpc":"2.0","method":"a","params":{"model":"claude-x"}}\n';
    const document = await vscode.workspace.openTextDocument({ language: 'jsonl', content });
    await vscode.window.showTextDocument(document);
    const batch = await openSample('tickets.batch.jsonl');
    await eventually(() => vscode.languages.getDiagnostics(batch.document.uri).length > 0);
    assert.deepEqual(vscode.languages.getDiagnostics(document.uri), []);
    await run('workbench.action.closeAllEditors');
  });
});

function labels(): string[] {
  return allTabs().map(({ label }) => label);
}

function allTabs(): vscode.Tab[] {
  return vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs);
}
