import * as vscode from 'vscode';
import type { ApiOptions } from '../../runs/index';
import type { Run } from '../../runs/run';
import { isSandboxKey } from '../../runs/sandbox-key';
import { keyName } from './api-keys';
import type { App } from './app';
import { chooseKey, type EnvironmentKey, keyOfRun, keyTail, originOf, type StoredKey } from './key-choice';
import { baseUrl } from './settings';
import { type DestinationFacts, hostOf } from './text/destination';

/** Where a batch goes, with the key that goes with it: never logged, never shown. */
export interface Destination extends DestinationFacts {
  readonly auth: ApiOptions['auth'];
}

/** Where a file of this workspace would be sent now; undefined where there is no key for it. May ask a question. */
export async function destinationFor(
  { keys, sandbox }: Pick<App, 'keys' | 'sandbox'>,
  file: vscode.Uri | undefined,
): Promise<Destination | undefined> {
  if (sandbox.current) {
    const { url, token } = sandbox.current;
    return { baseUrl: url, sandbox: true, from: 'stored', key: { name: 'sandbox', tail: '' }, auth: { apiKey: token } };
  }
  const to = baseUrl();
  const key = await keys.pick(to, file && vscode.workspace.getWorkspaceFolder(file)?.uri);
  if (!key) return undefined;
  return {
    baseUrl: to,
    sandbox: isSandboxKey(key.key, to),
    from: 'name' in key ? 'stored' : 'environment',
    key: { name: keyName(key), tail: keyTail(key.key) },
    auth: authOf(key),
  };
}

/** The same without asking anything: undefined also where the environment's key would be asked about first. */
export async function knownDestination(
  app: Pick<App, 'keys' | 'sandbox'>,
  file: vscode.Uri | undefined,
): Promise<Destination | undefined> {
  const folder = file && vscode.workspace.getWorkspaceFolder(file)?.uri;
  const { kind } = app.sandbox.current ? { kind: 'stored' } : chooseKey(await app.keys.situation(baseUrl(), folder));
  return kind === 'stored' || kind === 'environment' ? destinationFor(app, file) : undefined;
}

/** The same, but where there is no key a person is helped to one; undefined where they want none. */
export async function findDestination(
  app: Pick<App, 'keys' | 'sandbox'>,
  file: vscode.Uri | undefined,
): Promise<Destination | undefined> {
  const found = await destinationFor(app, file);
  if (found) return found;
  const host = hostOf(baseUrl());
  const answer = await vscode.window.showWarningMessage(
    `There is no API key for ${host}.`,
    {
      modal: true,
      detail: 'Nothing was sent. A sandbox on this machine answers like the API, without a key and at no cost.',
    },
    SET_KEY,
    TRY,
  );
  if (answer === undefined) return undefined;
  await vscode.commands.executeCommand(
    answer === SET_KEY ? 'messageBatches.setApiKey' : 'messageBatches.tryWithoutKey',
  );
  return destinationFor(app, file);
}

const SET_KEY = 'Set API Key…';
const TRY = 'Try Without a Key';

/** The key to go on with a run that was submitted; undefined where this window has none. Never asks. */
export async function authForRun(
  { keys, sandbox }: Pick<App, 'keys' | 'sandbox'>,
  run: Run,
): Promise<ApiOptions['auth'] | undefined> {
  if (sandbox.current?.url === run.baseUrl) return { apiKey: sandbox.current.token };
  const key = keyOfRun(run, await keys.situation(originOf(run.baseUrl), undefined));
  return key && authOf(key);
}

function authOf(key: StoredKey | EnvironmentKey): ApiOptions['auth'] {
  return 'variable' in key && key.variable === 'ANTHROPIC_AUTH_TOKEN' ? { authToken: key.key } : { apiKey: key.key };
}
