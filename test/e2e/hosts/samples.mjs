import { cpSync } from 'node:fs';
import path from 'node:path';
import { folder } from './hosts.mjs';

/** Copies samples/ below `home`, so that nothing written there touches the repository. Returns the copy's path. */
export function copySamples(home) {
  const copy = path.join(home, 'samples');
  cpSync(path.resolve(folder, '..', '..', 'samples'), copy, { recursive: true });
  return copy;
}
