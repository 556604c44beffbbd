import { execFile } from 'node:child_process';
import path from 'node:path';

/** Whether Git ignores a path that need not exist yet; null where there is no Git, or no repository. */
export function isIgnoredByGit(file: string): Promise<boolean | null> {
  return new Promise((resolve) => {
    execFile('git', ['check-ignore', '--quiet', '--', file], { cwd: path.dirname(file), timeout: 2000 }, (error) => {
      // 0: ignored, 1: not ignored, anything else: could not say.
      if (!error) resolve(true);
      else resolve(error.code === 1 ? false : null);
    });
  });
}
