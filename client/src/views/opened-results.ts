import path from 'node:path';
import * as vscode from 'vscode';
import type { RequestEstimate } from '../../../batch/cost/estimate';
import type { ModelTable } from '../../../batch/cost/models';
import { fieldsIn } from '../../../results/answer-schema';
import { AskedOf } from '../../../results/asked-of';
import { facetsOf } from '../../../results/facets';
import { EVERYTHING, INPUT_ORDER, orderRows } from '../../../results/query';
import { type RequestPlace, requestPlaces } from '../../../results/request-places';
import { ResultsTable, type TableRow } from '../../../results/results-table';
import { matcherOf, type Pattern } from '../../../results/search';
import { findMisfits, searchRows } from '../../../results/thread/on-thread';
import type { Found } from '../../../results/thread/task';
import { choicesOf, rowView } from '../text/results';
import type { Query, RowView, RunView } from '../webview/messages';

export interface OpenedOptions {
  /** The request file; the results file itself where there is none. */
  readonly source: vscode.Uri;
  /** The results and those of its retries, oldest first: absolute paths. */
  readonly attempts: readonly string[];
  readonly models: ModelTable;
  /** The script of the thread that reads all rows. */
  readonly threadScript: string;
  /** Called while rows are read, with how much is, from 0 to 1; at 1 all of it is, and once more when misfits are known. */
  readonly onProgress: (read: number) => void;
}

const ALL: Query = { filter: EVERYTHING, pattern: null, misfits: false, sort: INPUT_ORDER };

/** The results of one run while they are looked at: their rows, the order that is asked for, and the row that is selected. */
export class OpenedResults {
  readonly table: ResultsTable;
  readonly #closed = new AbortController();
  #places: ReadonlyMap<string, RequestPlace> = new Map();
  #requests: AskedOf | undefined;
  /** What is wrong with answers that do not fit their schema, by file and line; undefined while nobody has looked. */
  #misfits: Found['misfits'] | undefined;
  #read = 0;
  #order: readonly number[] = [];
  /** Names the order, so that what was asked of an older one is not taken for this one's. */
  #orderId = 0;
  #query = ALL;
  #search: { readonly key: string; readonly found: Promise<readonly ReadonlySet<number>[]> } | undefined;
  #stopSearch: AbortController | undefined;
  /** The number of the row whose answer is shown. */
  selected = -1;

  constructor(private readonly options: OpenedOptions) {
    this.table = new ResultsTable(options.attempts);
  }

  get source(): vscode.Uri {
    return this.options.source;
  }

  get path(): string {
    return this.options.attempts[0] ?? '';
  }

  get isSandbox(): boolean {
    return this.path.endsWith('.sandbox.results.jsonl');
  }

  /** All rows are read. */
  get isRead(): boolean {
    return this.#read >= 1;
  }

  /** Answers were asked for as JSON of a schema. */
  get hasFields(): boolean {
    return (this.#requests?.fields.length ?? 0) > 0;
  }

  get orderId(): number {
    return this.#orderId;
  }

  get count(): number {
    return this.#order.length;
  }

  /** Numbers of the rows that are shown, in their order. */
  get numbers(): readonly number[] {
    return this.#order;
  }

  get places(): ReadonlyMap<string, RequestPlace> {
    return this.#places;
  }

  /** Reads everything; ends early, without error, when it is closed. */
  async load(submitted: readonly string[] | null): Promise<void> {
    const { signal } = this.#closed;
    const { models, source, onProgress } = this.options;
    const isOwn = source.fsPath === this.path;
    try {
      const places = isOwn ? Promise.resolve(new Map<string, RequestPlace>()) : placesOf(source.fsPath, signal);
      await this.table.load({
        models,
        signal,
        onProgress: (read) => {
          this.#read = Math.min(read, 0.99);
          onProgress(this.#read);
        },
      });
      this.#places = await places;
      if (this.#places.size > 0) this.#requests = AskedOf.open(source.fsPath, this.#places);
      this.table.addMissing(submitted ?? this.#places.keys());
      this.#read = 1;
      onProgress(1);
      if (!this.hasFields) return;
      this.#misfits = await findMisfits(this.#task({ source: source.fsPath }), this.#thread(signal));
      onProgress(1);
    } catch (error) {
      if (!signal.aborted) throw error;
    }
  }

  /** 0-based; as the request file was when it was read. */
  lineOf(customId: string): number | undefined {
    return this.#places.get(customId)?.line;
  }

  view(): RunView {
    const { rows } = this.table;
    return {
      source: this.source.fsPath,
      results: this.path,
      title: path.basename(this.path),
      total: rows.length,
      read: this.#read,
      fields: this.#requests?.fields ?? [],
      misfits: this.#misfits ? rows.filter((row) => this.#isMisfit(row)).length : 0,
      ...choicesOf(facetsOf(rows)),
    };
  }

  /** Puts the rows in the order of a query; false where a later query came between. Throws `SearchError`. */
  async arrange(query: Query, onProgress: (done: number) => void): Promise<boolean> {
    this.#query = query;
    const found = query.pattern && (await this.#find(query.pattern, onProgress));
    if (this.#query !== query) return false;
    const plain = query.pattern && !query.pattern.isRegex ? matcherOf(query.pattern) : () => false;
    const holds = ({ file, line, customId }: TableRow): boolean =>
      !found || (line < 0 ? plain({ custom_id: customId }) : (found[file]?.has(line) ?? false));
    const matches = (row: TableRow): boolean => (!query.misfits || this.#isMisfit(row)) && holds(row);
    this.#order = orderRows(this.table, query.filter, query.sort, (customId) => this.lineOf(customId), matches);
    this.#orderId++;
    return true;
  }

  /** Puts the rows in order again, after more of them were read. */
  rearrange(): Promise<boolean> {
    return this.arrange({ ...this.#query }, () => {});
  }

  /** Ends a search that runs. */
  stopSearch(): void {
    this.#stopSearch?.abort(new vscode.CancellationError());
  }

  rows(from: number, to: number): RowView[] {
    return this.#order.slice(from, to).flatMap((index) => {
      const row = this.table.rows[index];
      if (!row) return [];
      const line = row.customId === null ? undefined : this.lineOf(row.customId);
      const value = this.table.valueOf(row);
      const fields = this.#requests?.cells(row.customId, value, this.#faultOf(row)) ?? [];
      return [rowView(row, value, { line, fields, estimate: this.estimateOf(row) })];
    });
  }

  /** What a row's request was expected to cost; null where its file does not have it. */
  estimateOf({ customId }: TableRow): RequestEstimate | null {
    return this.#requests?.estimateOf(customId, this.options.models) ?? null;
  }

  /** The number of the row at a place of the order. */
  rowAt(at: number): number | undefined {
    return this.#order[at];
  }

  /** The place of the selected row in the order; -1 where it is not in it. */
  get selectedAt(): number {
    return this.selected < 0 ? -1 : this.#order.indexOf(this.selected);
  }

  /** Why the answer of a row does not fit the JSON that its request asked for, null where it does; undefined where nothing is known. */
  misfit(row: TableRow, value: unknown): string | null | undefined {
    const isAsked = fieldsIn(this.#requests?.of(row.customId) ?? null, value) !== null;
    return isAsked ? this.#faultOf(row) : undefined;
  }

  close(): void {
    this.#closed.abort();
    this.#requests?.close();
    this.stopSearch();
    this.table.close();
  }

  #task<More extends object>(more: More): More & { readonly paths: readonly string[] } {
    return { ...more, paths: this.options.attempts };
  }

  #thread(signal: AbortSignal): { script: string; signal: AbortSignal } {
    return { script: this.options.threadScript, signal };
  }

  #faultOf({ file, line }: TableRow): string | null | undefined {
    return this.#misfits && (this.#misfits[file]?.get(line) ?? null);
  }

  #isMisfit(row: TableRow): boolean {
    return typeof this.#faultOf(row) === 'string';
  }

  /** One search at a time; what was found is kept until something else is looked for. */
  async #find(pattern: Pattern, onProgress: (done: number) => void): Promise<readonly ReadonlySet<number>[]> {
    const key = JSON.stringify(pattern);
    if (this.#search?.key !== key) {
      this.stopSearch();
      const stop = new AbortController();
      this.#stopSearch = stop;
      const found = searchRows(this.#task({ pattern }), { ...this.#thread(stop.signal), onProgress });
      this.#search = { key, found };
      // One that came to nothing is begun anew when it is asked for again.
      found.catch(() => {
        if (this.#search?.found === found) this.#search = undefined;
      });
    }
    return this.#search.found;
  }
}

/** Without their file the rows have no lines, and are shown all the same. */
function placesOf(source: string, signal: AbortSignal): Promise<ReadonlyMap<string, RequestPlace>> {
  return requestPlaces(source, { signal }).catch((error: unknown) => {
    signal.throwIfAborted();
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return new Map();
    throw error;
  });
}
