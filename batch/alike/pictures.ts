import media from '../../schemas/media.json';
import { base64In, ordinaryEnd } from '../media/base64';
import { imageHeader } from '../media/image-header';
import { type LineReader, QUOTE } from './line-reader';

/**
 * Reads the rest of a string of ordinary base64 up to its closing quote, and returns all that any rule or estimate asks of
 * it as an image; undefined, and nothing is read, where it is another string or too large.
 */
export function readPicture(reader: LineReader): string | undefined {
  const { memory, at } = reader;
  const to = ordinaryEnd(memory, at);
  if (to < 0 || memory.getUint8(to) !== QUOTE || to - at > media.images.max_base64_bytes) return undefined;
  reader.at = to;
  const header = imageHeader(base64In(memory, at, to));
  if (!header) return 'none';
  const { mediaType, size, truncated } = header;
  return `${mediaType} ${size?.width}x${size?.height} ${truncated}`;
}
