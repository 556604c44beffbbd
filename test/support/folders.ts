import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';

/** A folder that is gone when the test ends. */
export function temporaryFolder(test: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'message-batches-test-'));
  test.after(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** A file in a folder of its own; returns its path. */
export function temporaryFile(test: TestContext, name: string, content: string | Uint8Array): string {
  const path = join(temporaryFolder(test), name);
  writeFileSync(path, content);
  return path;
}
