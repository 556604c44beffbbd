// A desktop VS Code: the installed one (`code`), else one that @vscode/test-electron downloads.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { atExit, killGroup, startGroup } from '../../../scripts/at-exit.mjs';
import { cleanEnvironment, quietSettings } from './settings.mjs';

const windows = process.platform === 'win32';

/**
 * Opens `folder` in a desktop VS Code that shares nothing with the person's own: its data lie in `home`, an empty folder.
 * `vsix`, `settings` and `env` as for the server. Returns `gone`, which resolves when the window is closed.
 */
export async function startDesktop({ home, vsix, settings, env }, folder) {
  const code = await commandLine();
  const data = path.join(home, 'data');
  const own = ['--user-data-dir', data, '--extensions-dir', path.join(home, 'extensions'), '--disable-workspace-trust'];
  mkdirSync(path.join(data, 'User'), { recursive: true });
  writeFileSync(path.join(data, 'User', 'settings.json'), JSON.stringify({ ...quietSettings, ...settings }, null, 2));
  const options = { env: cleanEnvironment(home, env), shell: windows, stdio: 'inherit' };
  const { status } = spawnSync(code, quoted(['--install-extension', vsix, ...own]), options);
  if (status !== 0) throw new Error(`${code} did not install ${vsix}.`);

  // The command line starts the editor in a session of its own; the editor notes its process in this file.
  const lock = path.join(data, 'code.lock');
  atExit(() => existsSync(lock) && killGroup(Number(readFileSync(lock, 'utf8'))));
  return startGroup(code, quoted(['--new-window', '--wait', ...own, folder]), options);
}

async function commandLine() {
  if (spawnSync('code', ['--version'], { shell: windows }).status === 0) return 'code';
  const { downloadAndUnzipVSCode, resolveCliPathFromVSCodeExecutablePath } = await import('@vscode/test-electron');
  return resolveCliPathFromVSCodeExecutablePath(
    await downloadAndUnzipVSCode({ cachePath: path.join(import.meta.dirname, '..', '.cache', 'desktop') }),
  );
}

/** A shell splits at spaces. */
function quoted(args) {
  return windows ? args.map((argument) => `"${argument}"`) : args;
}
