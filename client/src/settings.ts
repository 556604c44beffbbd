import os from 'node:os';
import path from 'node:path';
import * as vscode from 'vscode';
import type { ApiOptions } from '../../runs/batches-api';
import { KEY_HEADERS } from '../../runs/key-header';
import { defaultStateDir } from '../../runs/state-dir';

/** The folder of the journal, shared with the command line. */
export function stateDir(): string {
  return stateDirSetting() ?? defaultStateDir(process.env, process.platform, os.homedir());
}

/** The same, where a setting names it. */
export function stateDirSetting(): string | undefined {
  const set = read('stateDir');
  return set ? path.resolve(set) : undefined;
}

/** Where batches are sent: the setting, else the environment's in a trusted workspace, else the API itself. */
export function baseUrl(): string {
  const fromEnvironment = vscode.workspace.isTrusted ? process.env.ANTHROPIC_BASE_URL?.trim() : undefined;
  return (read('baseUrl') || fromEnvironment || 'https://api.anthropic.com').replace(/\/+$/, '');
}

/** What a gateway wants otherwise than the API. Machine-wide settings: a workspace cannot set them. */
export function gateway(): Pick<ApiOptions, 'keyHeader' | 'headers'> {
  const settings = vscode.workspace.getConfiguration('messageBatches');
  const keyHeader = KEY_HEADERS.find((header) => header === settings.get<string>('keyHeader'));
  return {
    ...(keyHeader !== undefined && { keyHeader }),
    headers: settings.get<Record<string, string>>('headers', {}),
  };
}

/** Of which ends of batches a person is told by a notification. */
export type Notify = (typeof NOTIFY)[number];
const NOTIFY = ['all', 'failures', 'none'] as const;

export function notify(): Notify {
  const set = vscode.workspace.getConfiguration('messageBatches').get<string>('notify');
  return NOTIFY.find((one) => one === set) ?? 'all';
}

/** Whether results are fetched by themselves when a batch has ended. */
export function fetchesResults(): boolean {
  return vscode.workspace.getConfiguration('messageBatches').get('fetchResults', true);
}

function read(name: 'stateDir' | 'baseUrl'): string {
  return vscode.workspace.getConfiguration('messageBatches').get(name, '').trim();
}
