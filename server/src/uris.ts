import { fileURLToPath } from 'node:url';

/** The path of a `file:` URI; undefined for any other, such as an untitled document. */
export function pathOf(uri: string): string | undefined {
  try {
    return uri.startsWith('file:') ? fileURLToPath(uri) : undefined;
  } catch {
    return undefined;
  }
}
