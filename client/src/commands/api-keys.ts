import * as vscode from 'vscode';
import type { App } from '../app';
import { askText, pickOne } from '../ask';
import { ENVIRONMENT, keyProblem, keyTail, originOf, type StoredKey } from '../key-choice';
import { notice } from '../notice';
import { baseUrl } from '../settings';
import { hostOf, tailPhrase } from '../text/destination';

/** Stores a key in the editor's secret storage, for the origin that batches are sent to now and no other. */
export async function setApiKey({ keys }: App): Promise<void> {
  const origin = originOf(baseUrl());
  const host = hostOf(origin);
  const key = await askText({
    title: `API Key for ${host}`,
    prompt: `Kept in the editor's secret storage, and sent to ${host} only.`,
    password: true,
    validateInput: keyProblem,
  });
  if (key === undefined) return;
  const name = await askText({
    title: `API Key for ${host}`,
    prompt: 'A name to tell it from other keys. A key of the same name is replaced.',
    value: 'default',
    validateInput: nameProblem,
  });
  if (name === undefined) return;
  await keys.store({ name: name.trim(), origin, key: key.trim() });
  void vscode.window.setStatusBarMessage(`$(key) Key "${name.trim()}" is stored for ${host}`, 5000);
}

/** Chooses the key for the batches of a folder. */
export async function chooseApiKey(app: App): Promise<void> {
  const { keys } = app;
  const folder = currentFolder(app);
  const origin = originOf(baseUrl());
  const stored = (await keys.stored()).filter((key) => key.origin === origin);
  const environment = keys.environment();
  const items = [
    ...stored.map((key) => ({ ...itemOf(key), name: key.name })),
    ...(environment
      ? [
          {
            label: `$(terminal) ${environment.variable}${tailPhrase(keyTail(environment.key))}`,
            description: 'from the environment',
            name: ENVIRONMENT,
          },
        ]
      : []),
  ];
  if (items.length === 0) return setApiKey(app);
  const title = `API Key for Batches${folder ? ` of ${folder.name}` : ''}`;
  const chosen = await pickOne(items, { title, placeHolder: `Sent to ${hostOf(origin)}` });
  if (chosen) await keys.chooseFor(folder?.uri, chosen.name);
}

/** Forgets a stored key. */
export async function removeApiKey({ keys }: App): Promise<void> {
  const items = (await keys.stored()).map((key) => ({ ...itemOf(key), key }));
  if (items.length === 0) return void notice.information('No API key is stored.');
  const chosen = await pickOne(items, { title: 'Remove API Key' });
  if (chosen) await keys.remove(chosen.key);
}

function itemOf({ name, origin, key }: StoredKey): vscode.QuickPickItem {
  return { label: `$(key) ${name}${tailPhrase(keyTail(key))}`, description: `stored for ${hostOf(origin)}` };
}

function nameProblem(name: string): string | undefined {
  if (name.trim() === '') return 'Give it a name, such as "team".';
  return name.trim() === ENVIRONMENT
    ? `"${ENVIRONMENT}" stands for the environment's key: take another name.`
    : undefined;
}

function currentFolder({ activeFile }: App): vscode.WorkspaceFolder | undefined {
  const ofFile = activeFile.uri && vscode.workspace.getWorkspaceFolder(activeFile.uri);
  return ofFile ?? vscode.workspace.workspaceFolders?.[0];
}
