import type * as vscode from 'vscode';
import type { Run } from '../../runs/run';

/** What was cleared of a file: its newest results at that time (absolute path), and whatever was refused before. */
interface Cleared {
  readonly results: string | null;
  /** Milliseconds since 1970. */
  readonly at: number;
}

/** More files than this are not looked at again. */
const MOST_FILES = 100;
const KEY = 'messageBatches.clearedResults';

/** What a person does not want to see in the editor any more, of which file: also after the window was reloaded. */
export class ClearedResults {
  constructor(private readonly memento: vscode.Memento) {}

  async add(file: vscode.Uri, results: string | null): Promise<void> {
    const { [file.toString()]: _, ...others } = this.#all();
    const kept = Object.entries(others).slice(1 - MOST_FILES);
    const cleared: Cleared = { results, at: Date.now() };
    await this.memento.update(KEY, Object.fromEntries([...kept, [file.toString(), cleared]]));
  }

  /** The results that are not shown, by the URI of their requests. */
  get results(): readonly (readonly [file: string, results: string])[] {
    return Object.entries(this.#all()).flatMap(([file, { results }]) => (results === null ? [] : [[file, results]]));
  }

  /** Whether what came of a run is not shown on the lines of its file. */
  hides(file: vscode.Uri, { state, resultsPath, startedAt }: Run): boolean {
    const cleared = this.#all()[file.toString()];
    if (!cleared) return false;
    return state === 'not-sent' ? Date.parse(startedAt) <= cleared.at : resultsPath === cleared.results;
  }

  #all(): Readonly<Record<string, Cleared>> {
    return this.memento.get(KEY, {});
  }
}
