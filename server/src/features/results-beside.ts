import { bundledModels } from '../../../batch/cost/models';
import { identityOf } from '../../../files/read-lines';
import { ResultsTable } from '../../../results/results-table';
import {
  attemptsOf,
  findResultsFiles,
  findSourceOf,
  type KnownRun,
  type ResultsFile,
} from '../../../runs/results-files';
import type { SubmittedRun } from '../protocol/results';
import { pathOf, sourceOf } from '../uris';

/** The newest results of request files, read when something is asked of them and again when they have changed. */
export class ResultsBeside {
  readonly #open = new Map<string, Opened>();
  /** What is not to be shown any more: paths of results, by the URI of their requests. */
  readonly #cleared = new Map<string, string>();
  /** What the client's journal says; without it names tell what belongs together. */
  #runs: readonly KnownRun[] = [];

  /** From now on files belong together as these runs say, where they say anything. */
  useRuns(runs: readonly SubmittedRun[]): void {
    this.#runs = runs.flatMap(({ source, results, ...run }) => {
      const [sourcePath, resultsPath] = [pathOf(source), pathOf(results)];
      return sourcePath && resultsPath ? [{ ...run, source: sourcePath, resultsPath }] : [];
    });
  }

  /** The newest results of a request file, or of one that an excerpt is of. `folder` is where the settings have results go. */
  async newest(uri: string, folder?: string | null): Promise<ResultsFile | undefined> {
    const source = pathOf(sourceOf(uri));
    return source === undefined ? undefined : (await findResultsFiles(source, folder, this.#runs))[0];
  }

  /** The path of the requests of a results file; null where it is not known. */
  sourceOf(results: string): Promise<string | null> {
    return findSourceOf(results, this.#runs);
  }

  /** What `newest` finds, with its retries. Undefined where there are none, or they cannot be read. */
  async of(ofUri: string, folder?: string | null): Promise<ResultsTable | undefined> {
    const uri = sourceOf(ofUri);
    const newest = await this.newest(uri, folder);
    if (!newest || this.#cleared.get(uri) === newest.path) {
      this.close(uri);
      return undefined;
    }
    const paths = await attemptsOf(newest.path, this.#runs);
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
    this.hide(uri, (await this.newest(uri, folder))?.path);
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
