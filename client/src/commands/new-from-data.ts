import { readdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import * as vscode from 'vscode';
import { counted } from '../../../batch/wording';
import type { CreationPreview } from '../../../files/from-data/create-requests';
import { createdPathFor, idsPathFor, templatePathFor } from '../../../runs/results-path';
import { CreateFile, PreviewCreation, StarterTemplate } from '../../../server/src/protocol';
import type { App } from '../app';
import { pickOne } from '../ask';
import { notice } from '../notice';
import { savedFile } from '../submission/saved-file';
import { creationMarkdown, creationQuestion } from '../text/creation';

/** Makes a batch file from a table, JSON, or a folder, and a template that is kept and can be run again. */
export async function newFromData(app: App, target?: unknown): Promise<void> {
  const data = await dataFor(app, target);
  if (!data || !(await savedFile(data))) return;
  const template = await templateFor(app, data);
  if (!template || !(await savedFile(template))) return;
  const { server } = app;
  const source = { template: server.asUri(template), data: server.asUri(data) };
  const preview = await server.work(`Looking through ${path.basename(data.fsPath)}`, PreviewCreation, source);
  if (!preview) return;
  if (preview.requests === 0) return void notice.warning('The data has no rows.');
  const file = vscode.Uri.file(await createdPathFor(data.fsPath));
  const name = path.basename(file.fsPath);
  await app.reports.show(`First Requests of ${name}`, file, creationMarkdown(name, preview));
  if (!(await isWanted(name, preview))) return;
  const ids = vscode.Uri.file(await idsPathFor(file.fsPath));
  const targets = { target: server.asUri(file), idsTarget: server.asUri(ids) };
  const created = await server.work(`Creating ${name}`, CreateFile, { ...source, ...targets });
  if (!created) return;
  await vscode.commands.executeCommand('vscode.open', file, { viewColumn: vscode.ViewColumn.One, preview: false });
}

/** Asked in a list, so that the preview can be read meanwhile. */
async function isWanted(name: string, preview: CreationPreview): Promise<boolean> {
  const { message, detail } = creationQuestion(name, preview);
  const [cost = '', ...notes] = detail.split('\n');
  const create = { label: `Create ${counted(preview.requests, 'Request')}`, detail: notes.join(' ') };
  const options = { title: message, placeHolder: cost };
  return (await pickOne([create, { label: 'Cancel' }], options)) === create;
}

/** What a menu handed over, else the data in front, else what a person picks. */
async function dataFor({ activeFile }: App, target: unknown): Promise<vscode.Uri | undefined> {
  if (target instanceof vscode.Uri) return target;
  const front = activeFile.uri;
  if (front?.scheme === 'file' && /\.(csv|tsv|tab)$/i.test(front.path)) return front;
  const picked = await vscode.window.showOpenDialog({
    title: 'The data: a table, JSON, JSON Lines, or a folder of text, image or PDF files',
    openLabel: 'Use This Data',
    canSelectFolders: true,
    filters: { Data: ['csv', 'tsv', 'tab', 'json', 'jsonl', 'ndjson'], 'All Files': ['*'] },
  });
  return picked?.[0];
}

/** A template beside the data, or a new one that says all columns. */
async function templateFor(app: App, data: vscode.Uri): Promise<vscode.Uri | undefined> {
  const folder = path.dirname(data.fsPath);
  const names = (await readdir(folder)).filter((name) => /\.template\.json$/i.test(name)).sort();
  const items: (vscode.QuickPickItem & { choose: () => Promise<vscode.Uri | undefined> })[] = [
    ...names.map((name) => ({ label: name, choose: async () => vscode.Uri.file(path.join(folder, name)) })),
    { label: '$(add) New Template from the Columns', choose: () => newTemplate(app, data) },
    { label: '$(folder-opened) Browse…', choose: pickedTemplate },
  ];
  const title = `The request that each row of ${path.basename(data.fsPath)} becomes`;
  return (await pickOne(items, { title, placeHolder: 'A template with {{column}}' }))?.choose();
}

async function pickedTemplate(): Promise<vscode.Uri | undefined> {
  const picked = await vscode.window.showOpenDialog({ title: 'A template', filters: { Template: ['json'] } });
  return picked?.[0];
}

/** Opens it to be written on; it goes on when the person says that it is ready. */
async function newTemplate({ server }: App, data: vscode.Uri): Promise<vscode.Uri | undefined> {
  const text = await server.ask(StarterTemplate, { data: server.asUri(data) });
  const file = vscode.Uri.file(await templatePathFor(data.fsPath));
  await writeFile(file.fsPath, text, { flag: 'wx' });
  await vscode.window.showTextDocument(file, { preview: false });
  const goOn = 'Preview Requests';
  const said = `Say what is asked of each row in ${path.basename(file.fsPath)}; {{column}} stands for what a column holds.`;
  return (await notice.information(said, goOn)) === goOn ? file : undefined;
}
