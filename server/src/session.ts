import { CodeLensRefreshRequest, type Connection, InlayHintRefreshRequest } from 'vscode-languageserver';
import type { Learned } from '../../batch/cost/learned';
import type { HiddenData } from '../../batch/excerpt/hidden-data';
import type { ModelsOverlay } from '../../batch/models-overlay';
import { IdsOnDisk } from '../../files/ids-on-disk';
import { customIdOf } from '../../runs/custom-id';
import type { ClientFeatures } from './client-features';
import type { BatchDocument } from './documents';
import { ApiFindings } from './features/api-findings';
import { DiskChecks } from './features/check-file';
import { Diagnostics } from './features/diagnostics';
import { ResultsBeside } from './features/results-beside';
import { SettingsFaults } from './features/settings-faults';
import { Summaries } from './features/summary';
import { openDocuments } from './open-documents';
import type { ApiFindingsParams } from './protocol';
import type { SubmittedRun } from './protocol/results';
import { RequestDocument } from './request-document';
import { inBackground } from './safely';
import { type Known, Settings } from './settings';
import { pathOf } from './uris';

/** Everything that lives as long as a connection, and what follows when something of it changes. */
export class Session {
  /** What the labels of documents stand for, by URI. */
  readonly #hidden = new Map<string, readonly HiddenData[]>();
  readonly documents = openDocuments((uri) => this.#hidden.get(uri) ?? []);
  readonly settings: Settings;
  readonly diagnostics: Diagnostics;
  readonly summaries: Summaries;
  readonly faults: SettingsFaults;
  readonly apiFindings: ApiFindings;
  readonly disk: DiskChecks;
  readonly results = new ResultsBeside();
  readonly idsOnDisk = new IdsOnDisk(customIdOf);

  constructor(
    readonly connection: Connection,
    readonly client: ClientFeatures,
    known: Known,
  ) {
    this.settings = new Settings(connection, client, known);
    this.diagnostics = new Diagnostics(connection, client.rulesDocs);
    this.summaries = new Summaries(connection);
    this.faults = new SettingsFaults(connection);
    this.apiFindings = new ApiFindings();
    this.disk = new DiskChecks(this);
  }

  /** A document's text or kind has changed. */
  tell(document: BatchDocument): void {
    this.diagnostics.schedule(document);
    this.summaries.schedule(document);
  }

  open(document: BatchDocument): void {
    this.disk.handOver(document.uri);
    this.#inBackground('judging', this.#judge(document));
  }

  close({ uri }: BatchDocument): void {
    this.results.close(uri);
    this.settings.forget(uri);
    this.#hidden.delete(uri);
    this.diagnostics.clear(uri);
    this.summaries.tell(uri, null);
  }

  hide(uri: string, hidden: readonly HiddenData[]): void {
    this.#hidden.set(uri, hidden);
    const document = this.documents.get(uri);
    if (!(document instanceof RequestDocument)) return;
    document.hide(hidden);
    this.tell(document);
  }

  treatAs(uri: string, kind: 'batch' | 'none'): void {
    const document = this.documents.get(uri);
    if (!document) return;
    document.treatAs(kind);
    this.tell(document);
    this.refreshLenses();
  }

  /** What the API said of a file is shown where the file is still the one that was sent. */
  async apiSaid(params: ApiFindingsParams): Promise<void> {
    await this.apiFindings.keep(params);
    const document = this.documents.get(params.uri);
    if (!document) return this.disk.showAgain(params.uri);
    await document.whenJudged;
    this.apiFindings.giveTo(document);
    this.tell(document);
  }

  /** Nothing of what came back for a file is shown any more. */
  async clearResults(uri: string, results?: string): Promise<void> {
    this.apiFindings.forget(uri);
    const document = this.documents.get(uri);
    if (results !== undefined) this.results.hide(uri, pathOf(results));
    else await this.results.clear(uri, document?.judgement?.resultsFolder);
    if (!document) return this.disk.showAgain(uri);
    document.keepApiFaults(() => undefined);
    this.tell(document);
  }

  /** What files are judged by may have changed. */
  judgeAgain(): void {
    this.settings.forget();
    const all = [...this.documents.all().map((document) => this.#judge(document)), this.disk.repeat()];
    this.#inBackground(
      'judging again',
      Promise.all(all).then(() => this.refreshLenses()),
    );
  }

  useModels(models: ModelsOverlay): void {
    this.settings.useModels(models);
    this.judgeAgain();
  }

  useLearned(learned: Learned): void {
    if (this.settings.useLearned(learned)) this.judgeAgain();
  }

  /** Which files belong together may be others than before. */
  useRuns(runs: readonly SubmittedRun[]): void {
    this.results.useRuns(runs);
    this.refreshLenses();
  }

  /** What is shown beside the text is asked for again. */
  refreshLenses(): void {
    const { client, connection } = this;
    if (client.refreshesLenses)
      this.#inBackground('refreshing lenses', connection.sendRequest(CodeLensRefreshRequest.type));
    if (client.refreshesInlayHints)
      this.#inBackground('refreshing hints', connection.sendRequest(InlayHintRefreshRequest.type));
  }

  /** An answer that is overtaken, by a change of settings or the document's end, counts no more. */
  async #judge(document: BatchDocument): Promise<void> {
    const isNew = document.judgement === undefined;
    const asked = this.settings.judgementOf(document.uri);
    const judgement = await asked;
    if (this.documents.get(document.uri) !== document || this.settings.judgementOf(document.uri) !== asked) return;
    document.judgeBy(judgement);
    if (isNew) this.apiFindings.giveTo(document);
    this.tell(document);
    if (judgement.judgedBy.settings) await this.faults.show(judgement.judgedBy.settings);
  }

  #inBackground(what: string, promise: Promise<unknown>): void {
    inBackground(this.connection, what, promise);
  }
}
