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
import { hostOf } from './text/destination';

const SECRET = 'messageBatches.apiKeys';
const ALLOWED = 'messageBatches.environmentKeyAllowed';
const CHOSEN = 'messageBatches.chosenKeys';

/** The keys of this person on this machine. Nothing of a key is ever in a setting or a log. */
export class ApiKeys {
  readonly #changed = new vscode.EventEmitter<void>();
  readonly onDidChange = this.#changed.event;

  constructor(private readonly context: vscode.ExtensionContext) {
    const secrets = context.secrets.onDidChange(({ key }) => key === SECRET && this.#changed.fire());
    context.subscriptions.push(this.#changed, secrets);
  }

  /** In the order in which they were stored. */
  async stored(): Promise<readonly StoredKey[]> {
    return JSON.parse((await this.context.secrets.get(SECRET)) ?? '[]');
  }

  /** Replaces the key of the same name and origin. */
  async store(key: StoredKey): Promise<void> {
    const keys = [...(await this.stored())];
    const index = keys.findIndex((other) => isSame(other, key));
    keys.splice(index < 0 ? keys.length : index, 1, key);
    await this.#write(keys);
  }

  async remove(key: StoredKey): Promise<void> {
    await this.#write((await this.stored()).filter((other) => !isSame(other, key)));
  }

  /** The environment's, in a trusted workspace. */
  environment(): EnvironmentKey | undefined {
    return vscode.workspace.isTrusted ? environmentKey(process.env) : undefined;
  }

  /** Remembers which key a folder's batches are sent with; the environment's is then asked about again. */
  async chooseFor(folder: vscode.Uri | undefined, name: string): Promise<void> {
    await this.context.workspaceState.update(CHOSEN, { ...this.#chosen(), [folderName(folder)]: name });
    this.#changed.fire();
  }

  /** The key for an origin; asks, once per machine and origin, before the environment's is used. Undefined when there is none. */
  async pick(baseUrl: string, folder: vscode.Uri | undefined): Promise<StoredKey | EnvironmentKey | undefined> {
    const choice = chooseKey(await this.situation(baseUrl, folder));
    if (choice.kind === 'none') return undefined;
    if (choice.kind !== 'ask') return choice.key;
    const origin = originOf(baseUrl);
    const answer = await askForEnvironmentKey(choice.key, origin);
    if (answer === undefined) return undefined;
    await this.context.globalState.update(ALLOWED, { ...this.#allowed(), [origin]: answer });
    this.#changed.fire();
    return answer ? choice.key : undefined;
  }

  /** All that can be known without asking. */
  async situation(baseUrl: string, folder: vscode.Uri | undefined): Promise<KeySituation> {
    const origin = originOf(baseUrl);
    return {
      origin,
      stored: await this.stored(),
      chosen: this.#chosen()[folderName(folder)],
      environment: this.environment(),
      environmentAllowed: this.#allowed()[origin],
    };
  }

  #chosen(): Readonly<Record<string, string>> {
    return this.context.workspaceState.get(CHOSEN, {});
  }

  #allowed(): Readonly<Record<string, boolean>> {
    return this.context.globalState.get(ALLOWED, {});
  }

  async #write(keys: readonly StoredKey[]): Promise<void> {
    await this.context.secrets.store(SECRET, JSON.stringify(keys));
  }
}

/** Undefined when the question was left unanswered: then it is asked again the next time. */
async function askForEnvironmentKey({ variable, key }: EnvironmentKey, origin: string): Promise<boolean | undefined> {
  const tail = keyTail(key) ? ` (…${keyTail(key)})` : '';
  const detail = `VS Code was started with ${variable}${tail}. The answer is kept for this machine; "Choose API Key…" changes it.`;
  const question = `Use the API key from the environment for ${hostOf(origin)}?`;
  const answer = await vscode.window.showInformationMessage(question, { modal: true, detail }, 'Use It', 'Ignore It');
  return answer === undefined ? undefined : answer === 'Use It';
}

/** The name that the journal and the dialogs give a key. */
export function keyName(key: StoredKey | EnvironmentKey): string {
  return 'name' in key ? key.name : ENVIRONMENT;
}

const isSame = (a: StoredKey, b: StoredKey): boolean => a.name === b.name && a.origin === b.origin;
const folderName = (folder: vscode.Uri | undefined): string => folder?.toString() ?? '';
