// The VS Code servers that the editor level runs on, newest first, and the Node that each one wants.
import { existsSync } from 'node:fs';
import path from 'node:path';

export const folder = path.resolve(import.meta.dirname, '..');

/** What the oldest VS Code shows: each view, panel and kind of document once. The newest shows all that is in ui/. */
const essential = ['a-persons-path', 'cost', 'fix-all', 'large-file', 'results', 'untrusted-answer'];

/**
 * `vscode`: the folder of VS Code's server inside its npm package. `node`: the major version that this VS Code ships with.
 * `persons`: how the names of the files in ui/ begin that are run on it.
 */
export const hosts = [
  { name: 'newest', version: '1.139.1', vscode: vscodeIn('code-server-newest'), node: 24, persons: [''] },
  { name: 'oldest', version: '1.100.3', vscode: vscodeIn('code-server-oldest'), node: 20, persons: essential },
];

/** The path of a Node of this major version: the one from the registry, else the one we run on. Throws when neither fits. */
export function nodeOf(major) {
  const packaged = path.join(
    folder,
    'node_modules',
    `node-${major}-${process.platform}-${process.arch}`,
    'bin',
    'node',
  );
  if (existsSync(packaged)) return packaged;
  if (process.versions.node.startsWith(`${major}.`)) return process.execPath;
  throw new Error(
    `VS Code's server needs Node ${major}, and the registry has none for ${process.platform}-${process.arch}: run this with Node ${major}.`,
  );
}

function vscodeIn(name) {
  return path.join(folder, 'node_modules', name, 'lib', 'vscode');
}
