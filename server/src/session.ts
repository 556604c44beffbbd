import { CodeLensRefreshRequest, type Connection } from 'vscode-languageserver';
import type { ClientFeatures } from './client-features';
import { type BatchDocument, openDocuments } from './documents';
import { DiskChecks } from './features/check-file';
import { Diagnostics } from './features/diagnostics';
import { SettingsFaults } from './features/settings-faults';
import { Summaries } from './features/summary';
import { inBackground } from './safely';
import { Settings } from './settings';

/** Everything that lives as long as a connection, and what follows when something of it changes. */
export class Session {
  readonly documents = openDocuments();
  readonly settings: Settings;
  readonly diagnostics: Diagnostics;
  readonly summaries: Summaries;
  readonly faults: SettingsFaults;
  readonly disk: DiskChecks;

  constructor(
    readonly connection: Connection,
    readonly client: ClientFeatures,
  ) {
    this.settings = new Settings(connection, client);
    this.diagnostics = new Diagnostics(connection, client.rulesDocs);
    this.summaries = new Summaries(connection);
    this.faults = new SettingsFaults(connection);
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
    this.settings.forget(uri);
    this.diagnostics.clear(uri);
    this.summaries.tell(uri, null);
  }

  treatAs(uri: string, kind: 'batch' | 'none'): void {
    const document = this.documents.get(uri);
    if (!document) return;
    document.treatAs(kind);
    this.tell(document);
    this.refreshLenses();
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

  refreshLenses(): void {
    if (!this.client.refreshesLenses) return;
    this.#inBackground('refreshing lenses', this.connection.sendRequest(CodeLensRefreshRequest.type));
  }

  /** An answer that is overtaken, by a change of settings or the document's end, counts no more. */
  async #judge(document: BatchDocument): Promise<void> {
    const asked = this.settings.judgementOf(document.uri);
    const judgement = await asked;
    if (this.documents.get(document.uri) !== document || this.settings.judgementOf(document.uri) !== asked) return;
    document.judgeBy(judgement);
    this.tell(document);
    if (judgement.judgedBy.settings) await this.faults.show(judgement.judgedBy.settings);
  }

  #inBackground(what: string, promise: Promise<unknown>): void {
    inBackground(this.connection, what, promise);
  }
}
