import * as vscode from 'vscode';
import { calibrationsFolder } from '../../runs/calibrations';
import { stateDir } from './settings';

/** Calls `listener` when any program, such as the terminal, has kept what the API counted of a file. */
export function onCalibration(listener: () => void): vscode.Disposable {
  const folder = vscode.Uri.file(calibrationsFolder(stateDir()));
  const watcher = vscode.workspace.createFileSystemWatcher(new vscode.RelativePattern(folder, '*.json'));
  return vscode.Disposable.from(watcher, watcher.onDidCreate(listener), watcher.onDidChange(listener));
}
