import type * as vscode from 'vscode';
import { isObject } from '../../../batch/json';
import { parseLine } from '../../../runs/custom-id';

const KEY = 'messageBatches.followedIds';

/** The ids of requests that got another one while they were open as excerpts, by URI: a tab is found again after a reload. */
export class FollowedIds {
  constructor(private readonly memento: vscode.Memento) {}

  /** What the request of an excerpt is called by now; undefined where it is called what its URI says. */
  of(uri: vscode.Uri): string | undefined {
    return this.#all[uri.toString()];
  }

  async follow(uri: vscode.Uri, customId: string): Promise<void> {
    await this.memento.update(KEY, { ...this.#all, [uri.toString()]: customId });
  }

  /** The excerpt was closed: opened again, it is found by its URI or not at all. */
  async forget(uri: vscode.Uri): Promise<void> {
    const { [uri.toString()]: known, ...others } = this.#all;
    if (known !== undefined) await this.memento.update(KEY, others);
  }

  get #all(): Readonly<Record<string, string>> {
    return this.memento.get(KEY, {});
  }
}

/** Whether two lines are one request under another id. */
export function differInIdOnly(before: Uint8Array, after: Uint8Array): boolean {
  const [one, other] = [parseLine(before), parseLine(after)];
  if (!isObject(one) || !isObject(other) || one.custom_id === other.custom_id) return false;
  return JSON.stringify({ ...one, custom_id: '' }) === JSON.stringify({ ...other, custom_id: '' });
}
