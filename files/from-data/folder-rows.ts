import { isUtf8 } from 'node:buffer';
import { readdir, readFile } from 'node:fs/promises';
import { extname, join, parse, relative, sep } from 'node:path';
import type { JsonObject } from '../../batch/json';
import { bytesOf, latin1 } from '../../batch/media/base64';
import { imageHeader } from '../../batch/media/image-header';
import type { DataOptions, DataRow } from './data-rows';

/**
 * One row for each text, image and PDF below a folder, by path; hidden ones are left out. A row has `name` (`a.png`), `stem`,
 * `path` (from the folder, with `/`), `extension` (`png`), `block` (the content block) and, of a text, `text`, of anything
 * else `base64` and `media_type`.
 */
export async function* folderRows(folder: string, options: DataOptions): AsyncGenerator<readonly DataRow[]> {
  const { signal, onProgress, onSkip } = options;
  const paths = await filesBelow(folder);
  let number = 0;
  for (const [index, path] of paths.entries()) {
    signal?.throwIfAborted();
    const content = contentOf(await readFile(path));
    const shown = relative(folder, path).split(sep).join('/');
    onProgress?.(index + 1, paths.length);
    if (!content) {
      onSkip?.(shown);
      continue;
    }
    const { base: name, name: stem } = parse(path);
    const extension = extname(path).slice(1).toLowerCase();
    yield [{ number: ++number, fields: { name, stem, path: shown, extension, ...content } }];
  }
}

async function filesBelow(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true });
  const files = entries.filter((entry) => entry.isFile()).map(({ parentPath, name }) => join(parentPath, name));
  const isHidden = (path: string): boolean => /(^|[\\/])\./.test(relative(folder, path));
  return files.filter((path) => !isHidden(path)).sort((a, b) => a.localeCompare(b, 'en', { numeric: true }));
}

/** Enough to know a format by. */
const HEAD_BYTES = 3000;

/** What of a row says what is in its file; undefined for what no request can hold. */
function contentOf(bytes: Buffer): JsonObject | undefined {
  const head = bytesOf(bytes.toString('base64', 0, HEAD_BYTES));
  const mediaType = latin1(head, 0, 5) === '%PDF-' ? 'application/pdf' : imageHeader(head)?.mediaType;
  if (mediaType === undefined) {
    if (!isUtf8(bytes) || bytes.includes(0)) return undefined;
    const text = bytes.toString('utf8').replace(/^\uFEFF/, '');
    return { text, block: { type: 'text', text } };
  }
  const base64 = bytes.toString('base64');
  const source = { type: 'base64', media_type: mediaType, data: base64 };
  const type = mediaType === 'application/pdf' ? 'document' : 'image';
  return { base64, media_type: mediaType, block: { type, source } };
}
