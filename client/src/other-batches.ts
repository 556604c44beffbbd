import * as vscode from 'vscode';
import { API_VERSIONS } from '../../batch/context';
import { LIST_PAGE_DEFAULT } from '../../batch/limits';
import { snapshotOf } from '../../runs/batch-state';
import type { BatchesApi, BatchPage } from '../../runs/batches-api';
import type { BatchSnapshot } from '../../runs/run';
import { isRunError } from '../../runs/run-error';
import type { App } from './app';
import { type Destination, findDestination, knownDestination } from './destination';

/** A batch that this machine's journal does not know. */
export interface OtherBatch {
  readonly batch: BatchSnapshot;
  /** Where it was listed, and with which key. */
  readonly destination: Destination;
}

/** The list of batches in an API workspace, as far as it was read. */
interface Listing {
  readonly destination: Destination;
  /** Newest first. */
  readonly batches: readonly BatchSnapshot[];
  /** Null at the end. */
  readonly nextAfterId: string | null;
}

/** Batches and their results are the same under every version. */
const LISTING_VERSION = API_VERSIONS.at(-1) ?? '';
/** A page may hold nothing but batches of this journal: so many are read in search of others. */
const MOST_PAGES = 10;

/** The batches of an API workspace that were not started here: read when they are looked at, page by page. */
export class OtherBatches {
  readonly #changed = new vscode.EventEmitter<void>();
  readonly onDidChange = this.#changed.event;
  readonly #listed = new vscode.EventEmitter<void>();
  /** A page was read, or could not be. */
  readonly onDidList = this.#listed.event;
  #listing: Listing | undefined;
  #trouble: string | undefined;
  #reading: Promise<void> | undefined;

  constructor(private readonly app: Pick<App, 'context' | 'keys' | 'sandbox' | 'apis' | 'runs' | 'activeFile'>) {
    const { context, keys, sandbox, runs } = app;
    const anew = (): void => this.#forget();
    context.subscriptions.push(
      this.#changed,
      this.#listed,
      keys.onDidChange(anew),
      sandbox.onDidChange(anew),
      // One of them may have been attached to a file.
      runs.onDidChange(() => this.#listing && this.#changed.fire()),
    );
  }

  /** Where they were listed; undefined before, and where there is no key. */
  get destination(): Destination | undefined {
    return this.#listing?.destination;
  }

  /** Why they cannot be listed, as a sentence. */
  get trouble(): string | undefined {
    return this.#trouble;
  }

  get hasMore(): boolean {
    return this.#listing?.nextAfterId != null;
  }

  /** What is known by now, newest first; the first page is read when it is asked for. */
  async list(): Promise<readonly OtherBatch[]> {
    if (!this.#listing && !this.#trouble && vscode.workspace.isTrusted) {
      this.#reading ??= this.#begin().finally(() => {
        this.#reading = undefined;
        this.#listed.fire();
      });
      await this.#reading;
    }
    const { destination, batches } = this.#listing ?? {};
    if (!destination || !batches) return [];
    const known = await this.#known();
    return batches.filter(({ id }) => !known.has(id)).map((batch) => ({ batch, destination }));
  }

  /** Lists them anew; where there is no key a person is helped to one. */
  async refresh(): Promise<void> {
    if (!this.#listing && !(await findDestination(this.app, this.#folder()))) return;
    this.#forget();
  }

  apiAt({ baseUrl, auth }: Destination): BatchesApi {
    return this.app.apis.at({ baseUrl, auth, apiVersion: LISTING_VERSION, betas: [] });
  }

  /** Reads on, until there is one more to show or no more to read. */
  async more(): Promise<void> {
    if (this.#listing) this.#listing = await this.#readOn(this.#listing);
    this.#changed.fire();
  }

  /** One of them was canceled or deleted (undefined). */
  note(id: string, now: BatchSnapshot | undefined): void {
    if (!this.#listing) return;
    const batches = this.#listing.batches.flatMap((batch) => (batch.id === id ? (now ?? []) : batch));
    this.#listing = { ...this.#listing, batches };
    this.#changed.fire();
  }

  async #begin(): Promise<void> {
    const destination = await knownDestination(this.app, this.#folder());
    if (!destination) return;
    try {
      this.#listing = await this.#readOn({ destination, batches: [], nextAfterId: null });
    } catch (error) {
      if (!isRunError(error)) throw error;
      const hasNoList = error.status === 404 || error.status === 405 || error.status === 501;
      this.#trouble = hasNoList ? `${new URL(destination.baseUrl).host} gives no list of batches.` : error.message;
    }
  }

  async #readOn(before: Listing): Promise<Listing> {
    const known = await this.#known();
    const api = this.apiAt(before.destination);
    let { batches, nextAfterId } = before;
    for (let page = 0; page < MOST_PAGES; page++) {
      const read: BatchPage = await api.list({ afterId: nextAfterId, limit: LIST_PAGE_DEFAULT });
      batches = [...batches, ...read.batches.map(snapshotOf)];
      nextAfterId = read.nextAfterId;
      if (nextAfterId === null || read.batches.some(({ id }) => !known.has(id))) break;
    }
    return { ...before, batches, nextAfterId };
  }

  async #known(): Promise<ReadonlySet<string>> {
    const runs = await this.app.runs.listed();
    return new Set(runs.flatMap(({ batch }) => batch?.id ?? []));
  }

  /** The folder whose key is used. */
  #folder(): vscode.Uri | undefined {
    return this.app.activeFile.uri ?? vscode.workspace.workspaceFolders?.[0]?.uri;
  }

  #forget(): void {
    this.#listing = undefined;
    this.#trouble = undefined;
    this.#changed.fire();
  }
}
