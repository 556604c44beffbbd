import path from 'node:path';

/**
 * Where the journal lies: `MESSAGE_BATCHES_STATE_DIR`, else the platform's folder for state, the same for editor and
 * terminal. `env` as in `process.env`, `platform` as in `process.platform`.
 */
export function defaultStateDir(
  env: Readonly<Record<string, string | undefined>>,
  platform: string,
  homedir: string,
): string {
  if (env.MESSAGE_BATCHES_STATE_DIR) return path.resolve(env.MESSAGE_BATCHES_STATE_DIR);
  return path.join(stateHome(env, platform, homedir), 'message-batches');
}

function stateHome(env: Readonly<Record<string, string | undefined>>, platform: string, homedir: string): string {
  if (platform === 'darwin') return path.join(homedir, 'Library', 'Application Support');
  if (platform === 'win32') return env.LOCALAPPDATA || path.join(homedir, 'AppData', 'Local');
  // The specification has relative values ignored: https://specifications.freedesktop.org/basedir-spec/
  const xdg = env.XDG_STATE_HOME;
  return xdg && path.isAbsolute(xdg) ? xdg : path.join(homedir, '.local', 'state');
}
