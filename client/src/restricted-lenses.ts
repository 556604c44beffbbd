import * as vscode from 'vscode';
import { CodeLensRequest, type LanguageClient, type Middleware } from 'vscode-languageclient/node';
import { ClientCommand } from '../../server/src/protocol';

/** In a workspace that is not trusted nothing is sent, and no lens offers to. */
export const restrictedLenses: Middleware = {
  provideCodeLenses: async (document, token, next) => {
    const lenses = await next(document, token);
    if (vscode.workspace.isTrusted) return lenses;
    return lenses?.filter(({ command }) => command?.command !== ClientCommand.submit);
  },
};

/** Once it is trusted, the lenses of what is open are asked for anew. */
export function offerWhenTrusted(client: LanguageClient): vscode.Disposable {
  return vscode.workspace.onDidGrantWorkspaceTrust(() => {
    const feature = client.getFeature(CodeLensRequest.method);
    for (const document of vscode.workspace.textDocuments)
      feature.getProvider(document)?.onDidChangeCodeLensEmitter.fire();
  });
}
