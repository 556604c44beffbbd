import { fileURLToPath, pathToFileURL } from 'node:url';
import { EXCERPT_SCHEME } from '../../batch/excerpt/scheme';

/** The path of a `file:` URI; undefined for any other, such as an untitled document. */
export function pathOf(uri: string): string | undefined {
  try {
    return uri.startsWith('file:') ? fileURLToPath(uri) : undefined;
  } catch {
    return undefined;
  }
}

/** Whether a document is a part of a file, which stands for the whole in nothing. */
export function isExcerpt(uri: string): boolean {
  return uri.startsWith(`${EXCERPT_SCHEME}:`);
}

/** The URI of the file that an excerpt is of, `message-batches:/folder/file.jsonl/name?place`; any other URI is its own. */
export function sourceOf(uri: string): string {
  if (!isExcerpt(uri)) return uri;
  const [place = ''] = uri.slice(EXCERPT_SCHEME.length).split('?');
  return `file${place.slice(0, place.lastIndexOf('/'))}`;
}

/** The `file:` URI of a path. */
export function uriOf(path: string): string {
  return pathToFileURL(path).href;
}
