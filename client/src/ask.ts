import * as vscode from 'vscode';

/**
 * What we ask stays until it is answered or escaped. A view that had the focus takes it back a moment after the palette has
 * closed, which would close the question; and a look at another window costs nobody what was typed.
 */
const STAYS = { ignoreFocusOut: true } as const;

/** Undefined where the person thought better of it. */
export function askText(options: vscode.InputBoxOptions): Thenable<string | undefined> {
  return vscode.window.showInputBox({ ...options, ...STAYS });
}

/** Undefined where the person thought better of it. */
export function pickOne<T extends vscode.QuickPickItem>(
  items: readonly T[],
  options: vscode.QuickPickOptions,
): Thenable<T | undefined> {
  return vscode.window.showQuickPick(items, { ...options, ...STAYS });
}

/** Undefined where the person thought better of it. */
export function pickMany<T extends vscode.QuickPickItem>(
  items: readonly T[],
  options: vscode.QuickPickOptions,
): Thenable<T[] | undefined> {
  return vscode.window.showQuickPick(items, { ...options, ...STAYS, canPickMany: true });
}
