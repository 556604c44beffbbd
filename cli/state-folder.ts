import { homedir } from 'node:os';
import path from 'node:path';
import { defaultStateDir } from '../runs/state-dir';
import type { Terminal } from './terminal';

/** Where the journal and what the Models API said lie: `--state-dir`, else that of this machine. */
export function stateFolder(flag: string | undefined, { env, cwd }: Pick<Terminal, 'env' | 'cwd'>): string {
  return flag === undefined ? defaultStateDir(env, process.platform, homedir()) : path.resolve(cwd, flag);
}
