// Installs the editor hosts: their lockfile, then the dependencies of VS Code's server inside each package.
import { copyFileSync, existsSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { ensureInstalled, npm } from '../../../scripts/install.mjs';
import { folder, hosts } from './hosts.mjs';

/** Installs what is missing; with everything in place this takes milliseconds. */
export function installHosts() {
  ensureInstalled(folder);
  for (const { vscode } of hosts) {
    // npm writes this note last. Not `npm ci`: the shrinkwrap that VS Code ships lacks some of its own dependencies.
    const done = path.join(vscode, 'node_modules', '.package-lock.json');
    if (!existsSync(done)) npm(vscode, 'install', '--omit=dev');
  }
  lendRipgrep(...hosts.map(({ vscode }) => path.join(vscode, 'node_modules', '@vscode')));
}

/** `workspace.findFiles` needs ripgrep. The oldest VS Code would download it in an install script; the newest carries it. */
function lendRipgrep(newest, oldest) {
  const wanted = path.join(oldest, 'ripgrep', 'bin', 'rg');
  if (existsSync(wanted)) return;
  mkdirSync(path.dirname(wanted), { recursive: true });
  copyFileSync(path.join(newest, 'ripgrep-universal', 'bin', `${process.platform}-${process.arch}`, 'rg'), wanted);
}
