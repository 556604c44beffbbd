import * as vscode from 'vscode';
import {
  chooseKey,
  ENVIRONMENT,
  type EnvironmentKey,
  environmentKey,
  type KeySituation,
  keyTail,
  originOf,
  type StoredKey,
} from './key-choice';

/** The keys of this person on this machine. Nothing of a key is ever in a setting or a log. */
export interface ApiKeys {
  readonly onDidChange: vscode.Event<void>;
  stored(): Promise<readonly StoredKey[]>;
  /** The environment's, in a trusted workspace. */
  environment(): EnvironmentKey | undefined;
  /** Replaces the key of this name and origin. */
  store(key: StoredKey): Promise<void>;
  remove(key: StoredKey): Promise<void>;
  /** Remembers which key a folder's batches are sent with. */
  chooseFor(folder: vscode.Uri | undefined, name: string): Promise<void>;
  /** The key for an origin; asks, once per machine and origin, before the environment's is used. Undefined when there is none. */
  pick(baseUrl: string, folder: vscode.Uri | undefined): Promise<StoredKey | EnvironmentKey | undefined>;
  /** All that can be known without asking. */
  situation(baseUrl: string, folder: vscode.Uri | undefined): Promise<KeySituation>;
}

const SECRET = 'messageBatches.apiKeys';
const ALLOWED = 'messageBatches.environmentKeyAllowed';
const CHOSEN = 'messageBatches.chosenKeys';

export function createApiKeys({
  secrets,
  globalState,
  workspaceState,
  subscriptions,
}: vscode.ExtensionContext): ApiKeys {
  const changed = new vscode.EventEmitter<void>();
  subscriptions.push(
    changed,
    secrets.onDidChange(({ key }) => key === SECRET && changed.fire()),
  );

  const stored = async (): Promise<readonly StoredKey[]> => JSON.parse((await secrets.get(SECRET)) ?? '[]');
  const write = (keys: readonly StoredKey[]): Thenable<void> => secrets.store(SECRET, JSON.stringify(keys));
  const environment = (): EnvironmentKey | undefined =>
    vscode.workspace.isTrusted ? environmentKey(process.env) : undefined;
  const allowed = (): Record<string, boolean> => globalState.get(ALLOWED, {});
  const chosen = (): Record<string, string> => workspaceState.get(CHOSEN, {});
  const allow = async (origin: string, answer: boolean): Promise<void> => {
    await globalState.update(ALLOWED, { ...allowed(), [origin]: answer });
    changed.fire();
  };
  const situation = async (baseUrl: string, folder: vscode.Uri | undefined): Promise<KeySituation> => {
    const origin = originOf(baseUrl);
    return {
      origin,
      stored: await stored(),
      chosen: chosen()[folderName(folder)],
      environment: environment(),
      environmentAllowed: allowed()[origin],
    };
  };

  return {
    onDidChange: changed.event,
    stored,
    environment,
    situation,
    store: async (key) => {
      const keys = [...(await stored())];
      const index = keys.findIndex((other) => isSame(other, key));
      keys.splice(index < 0 ? keys.length : index, 1, key);
      await write(keys);
    },
    remove: async (key) => write((await stored()).filter((other) => !isSame(other, key))),
    chooseFor: async (folder, name) => {
      await workspaceState.update(CHOSEN, { ...chosen(), [folderName(folder)]: name });
      changed.fire();
    },
    pick: async (baseUrl, folder) => {
      const choice = chooseKey(await situation(baseUrl, folder));
      if (choice.kind === 'none') return undefined;
      if (choice.kind !== 'ask') return choice.key;
      const answer = await askForEnvironmentKey(choice.key, originOf(baseUrl));
      if (answer !== undefined) await allow(originOf(baseUrl), answer);
      return answer ? choice.key : undefined;
    },
  };
}

/** Undefined when the question was left unanswered: then it is asked again the next time. */
async function askForEnvironmentKey({ variable, key }: EnvironmentKey, origin: string): Promise<boolean | undefined> {
  const tail = keyTail(key) ? ` (…${keyTail(key)})` : '';
  const answer = await vscode.window.showInformationMessage(
    `Use the API key from the environment for ${new URL(origin).host}?`,
    {
      modal: true,
      detail: `VS Code was started with ${variable}${tail}. The answer is kept for this machine; "Choose API Key…" changes it.`,
    },
    'Use It',
    'Do Not Use It',
  );
  return answer === undefined ? undefined : answer === 'Use It';
}

/** The name that the journal and the dialogs give a key. */
export function keyName(key: StoredKey | EnvironmentKey): string {
  return 'name' in key ? key.name : ENVIRONMENT;
}

const isSame = (a: StoredKey, b: StoredKey): boolean => a.name === b.name && a.origin === b.origin;
const folderName = (folder: vscode.Uri | undefined): string => folder?.toString() ?? '';
