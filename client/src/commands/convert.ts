import path from 'node:path';
import * as vscode from 'vscode';
import { SHAPES } from '../../../batch/convert';
import type { ShapeId } from '../../../batch/convert/shape';
import type { ModelTable } from '../../../batch/cost/models';
import { counted } from '../../../batch/wording';
import { readHead } from '../../../files/head';
import { convertedPathFor, createdPathFor } from '../../../runs/results-path';
import { ConvertFile } from '../../../server/src/protocol';
import type { App } from '../app';
import { pickOne } from '../ask';
import { savedFile } from '../submission/saved-file';
import { targetFile } from '../target';
import { conversionMarkdown } from '../text/conversion';

/** Makes a batch file of one in another shape, or the other way round, beside it, and says what did not carry over. */
export async function convert(app: App, target?: unknown): Promise<void> {
  const file = targetFile(app, target);
  if (!file || !(await savedFile(file))) return;
  const wanted = (await readHead(file.fsPath)).kind === 'batch' ? await otherShape() : await ours(app.models.table);
  if (!wanted) return;
  const { server } = app;
  const place = vscode.Uri.file(await placeFor(file.fsPath, wanted.to));
  const name = path.basename(place.fsPath);
  const converted = await server.work(`Converting ${path.basename(file.fsPath)}`, ConvertFile, {
    uri: server.asUri(file),
    target: server.asUri(place),
    ...wanted,
  });
  if (!converted) return;
  await vscode.commands.executeCommand('vscode.open', place, { preview: false });
  if (converted.lost.length > 0) return app.reports.show(`Lost in ${name}`, place, conversionMarkdown(name, converted));
  vscode.window.setStatusBarMessage(`${counted(converted.requests, 'request')} converted, and nothing was lost`, 5000);
}

interface Wanted {
  readonly to?: ShapeId;
  readonly model: string;
}

async function otherShape(): Promise<Wanted | undefined> {
  const items = SHAPES.map(({ id, title }) => ({ id, label: title }));
  const shape = await pickOne(items, { title: 'Convert the Requests to' });
  return shape && { to: shape.id, model: '' };
}

/** Other shapes name models of others, or none. */
async function ours({ models }: ModelTable): Promise<Wanted | undefined> {
  const active = models.filter(({ status }) => status === 'active');
  const items = active.map(({ id, name }) => ({ label: id, description: name }));
  const model = await pickOne(items, {
    title: 'Convert to a Batch File',
    placeHolder: 'The model of requests that name none of the API',
  });
  return model && { model: model.label };
}

function placeFor(file: string, to: ShapeId | undefined): Promise<string> {
  if (to === undefined) return createdPathFor(file);
  return convertedPathFor(file, to === 'create-body' ? 'create-body.json' : `${to}.jsonl`);
}
