import { bundledModels } from '../../../batch/cost/models';
import { identityOf } from '../../../files/read-lines';
import { ResultsTable } from '../../../results/results-table';
import { attemptsOf, findResultsFiles } from '../../../runs/results-files';
import { pathOf } from '../uris';

/** The newest results of request files, read when something is asked of them and again when they have changed. */
export class ResultsBeside {
  readonly #open = new Map<string, Opened>();
  /** What is not to be shown any more: paths of results, by the URI of their requests. */
  readonly #cleared = new Map<string, string>();

  /** `folder` is where the settings have results go. Undefined where there are none, or they cannot be read. */
  async of(uri: string, folder?: string | null): Promise<ResultsTable | undefined> {
    const source = pathOf(uri);
    const newest = source === undefined ? undefined : (await findResultsFiles(source, folder))[0];
    if (!newest || this.#cleared.get(uri) === newest.path) {
      this.close(uri);
      return undefined;
    }
    const paths = await attemptsOf(newest.path);
    const key = JSON.stringify(await Promise.all(paths.map(async (path) => [path, await identityOf(path)])));
    const before = this.#open.get(uri);
    if (before?.key === key) return before.table;
    this.close(uri);
    const table = new ResultsTable(paths);
    const loaded = table.load({ models: bundledModels }).then(
      () => table,
      () => {
        table.close();
        return undefined;
      },
    );
    this.#open.set(uri, { key, table: loaded });
    return loaded;
  }

  /** Shows nothing more of the newest results of a file, until there are newer ones. */
  async clear(uri: string, folder?: string | null): Promise<void> {
    const source = pathOf(uri);
    const newest = source === undefined ? undefined : (await findResultsFiles(source, folder))[0];
    this.hide(uri, newest?.path);
  }

  /** The same of the results at a path. */
  hide(uri: string, path: string | undefined): void {
    if (path !== undefined) this.#cleared.set(uri, path);
    this.close(uri);
  }

  /** Frees what a file's results took. */
  close(uri: string): void {
    void this.#open.get(uri)?.table.then((table) => table?.close());
    this.#open.delete(uri);
  }
}

interface Opened {
  /** Paths, sizes and times of change of the files that were read. */
  readonly key: string;
  readonly table: Promise<ResultsTable | undefined>;
}
