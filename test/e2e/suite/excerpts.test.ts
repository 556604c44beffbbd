import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { setup, suite, test } from 'mocha';
import * as vscode from 'vscode';
import { eventually, openSample, run, sampleUri } from './support';

suite('excerpts', () => {
  setup(() => run('workbench.action.closeAllEditors'));

  test('the request under the cursor is edited beside, and one step back undoes it in the file', async () => {
    const { document } = await openCopy('edited.batch.jsonl');
    const before = document.getText();
    const request = await editRequest(2);
    assert.equal(request.document.languageId, 'json');
    await replaceIn(request.document, '"max_tokens": 200', '"max_tokens": 201');
    assert.equal(document.getText(), before);
    assert.equal(await request.document.save(), true);
    const after = before
      .split('\n')
      .with(2, before.split('\n')[2]!.replace('"max_tokens":200', '"max_tokens":201'))
      .join('\n');
    assert.notEqual(after, before);
    assert.equal(document.getText(), after);
    assert.equal(readFileSync(document.uri.fsPath, 'utf8'), after);
    await vscode.window.showTextDocument(document, vscode.ViewColumn.One);
    await run('undo');
    assert.equal(document.getText(), before);
    await eventually(() => request.document.getText().includes('"max_tokens": 200'));
  });

  test('it has the problems of the file', async () => {
    const { document } = await openCopy('problems.batch.jsonl');
    await eventually(() => problemsOf(document).length > 0);
    const [first] = problemsOf(document);
    assert.ok(first);
    const request = await editRequest(first.range.start.line);
    await eventually(() => problemsOf(request.document).some(({ message }) => message === first.message));
    const own = problemsOf(request.document).find(({ message }) => message === first.message);
    assert.equal(request.document.getText(own?.range), document.getText(first.range));
  });

  test('what is no JSON stays in its document and is not written', async () => {
    const { document } = await openCopy('broken.batch.jsonl');
    const before = document.getText();
    const request = await editRequest(0);
    await replaceIn(request.document, '"max_tokens": 200', '"max_tokens": ');
    assert.equal(await request.document.save(), false);
    assert.equal(request.document.isDirty, true);
    assert.equal(document.getText(), before);
    await replaceIn(request.document, '"max_tokens": ', '"max_tokens": 9');
    assert.equal(await request.document.save(), true);
    assert.ok(document.getText().includes('"max_tokens":9'));
  });

  test('changed on both sides, nothing is overwritten', async () => {
    const { document } = await openCopy('both.batch.jsonl');
    const request = await editRequest(1);
    await replaceIn(request.document, '"max_tokens": 200', '"max_tokens": 202');
    const head = '"custom_id":"ticket-002","params":{"model":"claude-haiku-4-5","max_tokens":';
    await replaceIn(document, `${head}200`, `${head}2030`);
    assert.equal(await request.document.save(), false);
    assert.equal(request.document.isDirty, true);
    assert.ok(document.getText().includes('2030'));
    assert.ok(!document.getText().includes('202,'));
  });

  test('saving by itself writes no broken JSON, and writes what is mended', async () => {
    const { document } = await openCopy('auto-save.batch.jsonl');
    const before = document.getText();
    const settings = vscode.workspace.getConfiguration('files');
    const request = await editRequest(0);
    await settings.update('autoSaveDelay', 50, vscode.ConfigurationTarget.Global);
    await settings.update('autoSave', 'afterDelay', vscode.ConfigurationTarget.Global);
    try {
      await replaceIn(request.document, '"custom_id": "ticket-001"', '"custom_id": "ticket-0001');
      await new Promise<void>((resolve) => {
        const saving = vscode.workspace.onWillSaveTextDocument(() => {
          saving.dispose();
          resolve();
        });
      });
      await replaceIn(request.document, '"max_tokens": 200', '"max_tokens": 9');
      assert.equal(document.getText(), before);
      await replaceIn(request.document, '"ticket-0001', '"ticket-0001"');
      const mended = '"ticket-0001","params":{"model":"claude-haiku-4-5","max_tokens":9,';
      await eventually(() => document.getText().includes(mended));
    } finally {
      await settings.update('autoSave', undefined, vscode.ConfigurationTarget.Global);
      await settings.update('autoSaveDelay', undefined, vscode.ConfigurationTarget.Global);
    }
  });

  test('a request that gets another id in its file stays open', async () => {
    const { document } = await openCopy('renamed.batch.jsonl');
    const request = await editRequest(4);
    await replaceIn(document, '"custom_id":"ticket-005"', '"custom_id":"ticket-five"');
    await eventually(() => request.document.getText().includes('"custom_id": "ticket-five"'));
    await replaceIn(request.document, '"max_tokens": 200', '"max_tokens": 205');
    assert.equal(await request.document.save(), true);
    assert.match(document.lineAt(4).text, /"ticket-five".*"max_tokens":205/);
  });

  test('base64 is a label, for a server that was started again too', async () => {
    const file = sampleUri('picture.batch.jsonl');
    const data = Buffer.alloc(2000, 'abc').toString('base64');
    const source = { type: 'base64', media_type: 'application/pdf', data };
    const params = {
      model: 'claude-haiku-4-5',
      max_tokens: 'many',
      messages: [{ role: 'user', content: [{ type: 'document', source }] }],
    };
    writeFileSync(file.fsPath, `${JSON.stringify({ custom_id: 'picture', params })}\n`);
    const { document } = await openSample('picture.batch.jsonl');
    await eventually(() => problemsOf(document).length > 0);
    const request = await editRequest(0);
    assert.match(request.document.getText(), /"data": "‹2\.0 KB application\/pdf›"/);
    const messages = () => problemsOf(request.document).map(({ message }) => message);
    await eventually(() => messages().length > 0);
    const before = messages();
    process.kill(serverProcess());
    await eventually(() => messages().length === 0);
    await eventually(() => messages().length === before.length);
    assert.deepEqual(messages(), before);
    await replaceIn(request.document, '"many"', '64');
    assert.equal(await request.document.save(), true);
    assert.equal(
      document.getText(),
      `${JSON.stringify({ custom_id: 'picture', params: { ...params, max_tokens: 64 } })}\n`,
    );
  });

  test('some lines of a file that is not open are edited on disk, and that is undone', async () => {
    const file = copied('lines.batch.jsonl');
    const before = readFileSync(file.fsPath, 'utf8');
    const lines = await vscode.workspace.openTextDocument(
      file.with({
        scheme: 'message-batches',
        path: `${file.path}/lines.11-20.jsonl`,
        query: JSON.stringify({ kind: 'lines', line: 10, lines: 10 }),
      }),
    );
    await vscode.window.showTextDocument(lines);
    assert.equal(lines.lineCount, 11);
    await eventually(() => vscode.languages.getDiagnostics(lines.uri).length > 0);
    const added = new vscode.WorkspaceEdit();
    added.insert(lines.uri, new vscode.Position(1, 0), `${lines.lineAt(0).text.replace('ticket-', 'other-')}\n`);
    await vscode.workspace.applyEdit(added);
    assert.equal(await lines.save(), true);
    const expected = before
      .split('\n')
      .toSpliced(11, 0, before.split('\n')[10]!.replace('ticket-', 'other-'))
      .join('\n');
    assert.equal(readFileSync(file.fsPath, 'utf8'), expected);
    writeFileSync(file.fsPath, `${before.split('\n')[0]}\n${expected}`);
    await replaceIn(lines, 'other-', 'another-');
    assert.equal(await lines.save(), true);
    assert.ok(readFileSync(file.fsPath, 'utf8').includes('another-'));
    await run('messageBatches.undoLastEditOnDisk');
    assert.equal(readFileSync(file.fsPath, 'utf8'), `${before.split('\n')[0]}\n${expected}`);
    await eventually(() => lines.getText().includes('other-') && !lines.getText().includes('another-'));
  });
});

/** The language server, a child of this extension host. */
function serverProcess(): number {
  const processes = execFileSync('ps', ['-A', '-o', 'pid=,ppid=,args='], { encoding: 'utf8' }).split('\n');
  const [pid] = processes.flatMap((line) => {
    const [, id, parent] = /^\s*(\d+)\s+(\d+)\s.*dist[/\\]server\.js/.exec(line) ?? [];
    return Number(parent) === process.pid ? Number(id) : [];
  });
  assert.ok(pid);
  return pid;
}

function copied(name: string): vscode.Uri {
  copyFileSync(sampleUri('tickets.batch.jsonl').fsPath, sampleUri(name).fsPath);
  return sampleUri(name);
}

/** Opens a copy of a sample, once it is judged. */
async function openCopy(name: string): Promise<vscode.TextEditor> {
  copied(name);
  const editor = await openSample(name);
  await eventually(() => problemsOf(editor.document).length > 0);
  return editor;
}

const problemsOf = ({ uri }: vscode.TextDocument): vscode.Diagnostic[] => vscode.languages.getDiagnostics(uri);

/** Runs the command with the cursor on a 0-based line of the document in front. */
async function editRequest(line: number): Promise<vscode.TextEditor> {
  const editor = vscode.window.activeTextEditor;
  assert.ok(editor);
  editor.selection = new vscode.Selection(line, 5, line, 5);
  await run('messageBatches.editRequest');
  await eventually(() => vscode.window.activeTextEditor?.document.uri.scheme === 'message-batches');
  return vscode.window.activeTextEditor!;
}

async function replaceIn(document: vscode.TextDocument, text: string, other: string): Promise<void> {
  const start = document.getText().indexOf(text);
  assert.ok(start >= 0, `${text} is there`);
  const edit = new vscode.WorkspaceEdit();
  edit.replace(
    document.uri,
    new vscode.Range(document.positionAt(start), document.positionAt(start + text.length)),
    other,
  );
  await vscode.workspace.applyEdit(edit);
}
