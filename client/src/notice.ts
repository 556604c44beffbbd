import * as vscode from 'vscode';
import { plainNotice } from './text/plain';

type Tell = (text: string, ...buttons: readonly string[]) => Thenable<string | undefined>;

/** Notifications. Names of files, ids and words of an API that stand in them become neither links nor commands. */
export const notice: Readonly<Record<'information' | 'warning' | 'error', Tell>> = {
  information: (text, ...buttons) => vscode.window.showInformationMessage(plainNotice(text), ...buttons),
  warning: (text, ...buttons) => vscode.window.showWarningMessage(plainNotice(text), ...buttons),
  error: (text, ...buttons) => vscode.window.showErrorMessage(plainNotice(text), ...buttons),
};
