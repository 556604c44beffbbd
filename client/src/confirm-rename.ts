import * as vscode from 'vscode';
import type { LanguageClient, RenameMiddleware } from 'vscode-languageclient/node';
import { RenameWarning, type RenameWarningParams } from '../../server/src/protocol';

/** Asks before a rename that something outside of the file would not follow. */
export function confirmRename(client: () => LanguageClient): RenameMiddleware {
  return {
    provideRenameEdits: async (document, position, newName, token, next) => {
      const { code2ProtocolConverter: to } = client();
      const textDocument = to.asTextDocumentIdentifier(document);
      const params: RenameWarningParams = { textDocument, position: to.asPosition(position) };
      const warning = await client().sendRequest(RenameWarning, params, token);
      // An edit of nothing: anything else would be told as a failure.
      if (warning && !(await isWanted(warning, newName))) return new vscode.WorkspaceEdit();
      return next(document, position, newName, token);
    },
  };
}

async function isWanted(detail: string, newName: string): Promise<boolean> {
  const rename = 'Rename';
  const message = `Rename the request to "${newName}"?`;
  return (await vscode.window.showWarningMessage(message, { modal: true, detail }, rename)) === rename;
}
