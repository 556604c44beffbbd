import type { Connection } from 'vscode-languageserver';
import { type Learned, NOTHING_LEARNED } from '../../batch/cost/learned';
import { bundledModels, type ModelTable } from '../../batch/cost/models';
import { isArray, isObject, type Json } from '../../batch/json';
import { type ModelsOverlay, overlaid } from '../../batch/models-overlay';
import { type FaceSettings, type Judgement, judgementFor } from '../../files/judgement';
import { parseSettings, readSettings } from '../../files/settings-file';
import type { ClientFeatures } from './client-features';
import { stackWithoutMessage } from './safely';
import { pathOf, sourceOf } from './uris';

/** The section of the editor's settings that is ours. */
export const SECTION = 'messageBatches';

/** What a server knows before its client says anything. */
export interface Known {
  readonly models?: ModelsOverlay | undefined;
  readonly learned?: Learned;
}

/** What each file is judged by: asked for once, and kept until it is forgotten. */
export class Settings {
  readonly #judgements = new Map<string, Promise<Judgement>>();
  #models: ModelTable;
  #learned: Learned;

  constructor(
    private readonly connection: Connection,
    private readonly client: ClientFeatures,
    { models, learned = NOTHING_LEARNED }: Known,
  ) {
    this.#models = overlaid(bundledModels, client.models ?? models);
    this.#learned = learned;
  }

  /** What the Models API said: the next judgements go by it. */
  useModels(overlay: ModelsOverlay): void {
    this.#models = overlaid(bundledModels, overlay);
  }

  /** What this machine has learned: the next judgements expect so. False where it is what was known before. */
  useLearned(learned: Learned): boolean {
    const isNew = JSON.stringify(learned) !== JSON.stringify(this.#learned);
    this.#learned = learned;
    return isNew;
  }

  /** Never rejects. The same promise as long as the answer holds. */
  judgementOf(uri: string): Promise<Judgement> {
    const known = this.#judgements.get(uri) ?? this.#read(uri);
    this.#judgements.set(uri, known);
    return known;
  }

  /** Whether the editor is to show what each request costs at the end of its line. */
  async showsCostInline(uri: string): Promise<boolean> {
    const section = await this.#section(sourceOf(uri));
    return isObject(section) && section.showCostInline === true;
  }

  /** Something has changed; without a URI, it may be anything. */
  forget(uri?: string): void {
    if (uri === undefined) this.#judgements.clear();
    else this.#judgements.delete(uri);
  }

  async #read(uri: string): Promise<Judgement> {
    const source = sourceOf(uri);
    const path = pathOf(source);
    const editor = await this.#editorSettings(source);
    const file = path === undefined ? { path: null, ...parseSettings('{}') } : await readSettings(path);
    return judgementFor(path ?? uri, file, { editor, models: this.#models, learned: this.#learned, now: Date.now() });
  }

  async #editorSettings(scopeUri: string): Promise<FaceSettings> {
    return understood(await this.#section(scopeUri));
  }

  /** Null where the client tells none. */
  async #section(scopeUri: string): Promise<Json> {
    if (!this.client.configuration) return null;
    try {
      return await this.connection.workspace.getConfiguration({ scopeUri, section: SECTION });
    } catch (error) {
      this.connection.console.warn(`The client did not tell its settings: ${stackWithoutMessage(error)}`);
      return null;
    }
  }
}

/** The editor shows by itself what in its settings is of the wrong type; it does not count here. */
function understood(section: Json): FaceSettings {
  const { apiVersion, betas, expectedOutput } = isObject(section) ? section : {};
  const names = isArray(betas) ? betas.filter((beta) => typeof beta === 'string') : [];
  return {
    apiVersion: typeof apiVersion === 'string' && apiVersion !== '' ? apiVersion : undefined,
    betas: names.length > 0 ? names : undefined,
    expectedOutput: typeof expectedOutput === 'number' && expectedOutput >= 1 ? expectedOutput : undefined,
  };
}
