import type { Path } from '../finding';
import { type Json, valueAt } from '../json';
import { bytesOf } from '../media/base64';
import { imageHeader } from '../media/image-header';
import { pdfFacts } from '../media/pdf';

/** Whether a path leads to what says the format of the bytes beside it. */
export function isMediaType(path: Path): boolean {
  return path.at(-1) === 'media_type';
}

/** The media type that the base64 data beside the one at `path` begin as; undefined where they say nothing that we know. */
export function mediaTypeOfBytes(line: Json, path: Path): string | undefined {
  const data = valueAt(line, [...path.slice(0, -1), 'data']);
  if (typeof data !== 'string') return undefined;
  return imageHeader(bytesOf(data))?.mediaType ?? (pdfFacts(data).isPdf ? 'application/pdf' : undefined);
}
