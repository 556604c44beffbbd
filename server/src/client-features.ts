import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { InitializeParams } from 'vscode-languageserver';
import type { InitializationOptions } from './protocol';

/** What the client said in `initialize` that changes what it is offered. */
export interface ClientFeatures {
  /** Carries out the commands of `ClientCommand`. */
  readonly commands: boolean;
  /** Where diagnostics link to: URI of `docs/rules.md`. */
  readonly rulesDocs: string;
  /** What the Models API said on this machine; not looked at yet. */
  readonly models: unknown;
  /** Takes edits for a certain version of a document. */
  readonly documentChanges: boolean;
  /** Asks before it makes edits that want it. */
  readonly annotations: boolean;
  /** Asks for an action's edit when it is chosen, so that those of 40,000 lines need not be made before. */
  readonly resolvesEdits: boolean;
  /** Is asked for the editor's settings. */
  readonly configuration: boolean;
  /** Says when they change. */
  readonly tellsSettings: boolean;
  readonly watchesFiles: boolean;
  /** Says which folders are open. */
  readonly hasFolders: boolean;
  readonly refreshesLenses: boolean;
  readonly refreshesInlayHints: boolean;
}

export function clientFeatures({ capabilities, initializationOptions }: InitializeParams): ClientFeatures {
  const options = (initializationOptions ?? {}) as InitializationOptions;
  const { workspace, textDocument } = capabilities;
  return {
    commands: options.commands === true,
    rulesDocs: options.rulesDocs ?? pathToFileURL(path.join(__dirname, '..', 'docs', 'rules.md')).href,
    models: options.models,
    documentChanges: workspace?.workspaceEdit?.documentChanges === true,
    annotations: workspace?.workspaceEdit?.changeAnnotationSupport !== undefined,
    resolvesEdits: textDocument?.codeAction?.resolveSupport?.properties.includes('edit') === true,
    configuration: workspace?.configuration === true,
    tellsSettings: workspace?.didChangeConfiguration?.dynamicRegistration === true,
    watchesFiles: workspace?.didChangeWatchedFiles?.dynamicRegistration === true,
    hasFolders: workspace?.workspaceFolders === true,
    refreshesLenses: workspace?.codeLens?.refreshSupport === true,
    refreshesInlayHints: workspace?.inlayHint?.refreshSupport === true,
  };
}
