import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { ModelsOverlay } from '../batch/models-overlay';
import { makeFolder, writeDurably } from './run-files';

/**
 * What the Models API said on this machine, for editors and terminals alike; undefined where it was not asked. Whether it is
 * an overlay at all, `overlaid` looks at. Read at once: it is small, and nothing is judged before it.
 */
export function storedModels(stateDir: string): ModelsOverlay | undefined {
  try {
    return JSON.parse(readFileSync(fileIn(stateDir), 'utf8')) as ModelsOverlay;
  } catch {
    return undefined;
  }
}

/** Throws `RunError` `disk`. */
export async function storeModels(stateDir: string, overlay: ModelsOverlay): Promise<void> {
  await makeFolder(stateDir);
  await writeDurably(fileIn(stateDir), `${JSON.stringify(overlay, null, 2)}\n`);
}

function fileIn(stateDir: string): string {
  return path.join(stateDir, 'models.json');
}
