import { readdirSync } from 'node:fs';
import path from 'node:path';

/** Needs the package, not only the sources. */
export const packageTest = path.join('test', 'package.test.ts');

/**
 * The tests that need no editor and whose path holds one of `parts`; without a part, all but the package's.
 * Throws where a part was given and nothing matches.
 */
export function testFiles(...parts) {
  const files = below('test').filter((file) =>
    parts.length > 0 ? parts.some((part) => file.includes(part)) : file !== packageTest,
  );
  if (files.length === 0) throw new Error(`No test file's path holds ${parts.join(' or ')}.`);
  return files;
}

function below(folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const place = path.join(folder, entry.name);
    if (entry.isDirectory()) return entry.name === 'e2e' ? [] : below(place);
    return entry.name.endsWith('.test.ts') ? [place] : [];
  });
}
