import data from '../../schemas/tokens.json';
import { isObject, type JsonObject } from '../json';
import { bytesOf } from '../media/base64';
import { imageHeader } from '../media/image-header';
import { pdfFacts } from '../media/pdf';
import { imageTokens, mostImageTokens, seenSize } from '../media/resolution';
import type { Model } from './models';
import { type Range, times } from './range';

export const NO_TOKENS: Range = { low: 0, expected: 0, high: 0 };

export function isMedia({ type }: JsonObject): boolean {
  return type === 'image' || type === 'document';
}

/** Tokens of what an image or document block shows; the text of a document in plain text is counted elsewhere. */
export function mediaTokens(block: JsonObject, model: Model | undefined): Range {
  const source = isObject(block.source) ? block.source : {};
  const base64 = source.type === 'base64' && typeof source.data === 'string' ? source.data : undefined;
  if (block.type === 'image') return pictureTokens(base64, model?.image_tier ?? 'high-res');
  if (source.type === 'text' || source.type === 'content') return NO_TOKENS;
  return times(data.document_page, base64 === undefined ? 1 : pageCount(base64));
}

/** Exact where the size can be read; a picture behind a URL or a file id may be of any size. */
function pictureTokens(base64: string | undefined, tier: Model['image_tier']): Range {
  const size = base64 === undefined ? undefined : imageHeader(bytesOf(base64))?.size;
  if (!size) return { low: 1, expected: mostImageTokens(tier) / 2, high: mostImageTokens(tier) };
  const tokens = imageTokens(seenSize(size, tier));
  return { low: tokens, expected: tokens, high: tokens };
}

/** Pages are said in plain bytes or, compressed, not at all: then the size has to tell. */
function pageCount(base64: string): number {
  const bytes = (base64.length * 3) / 4;
  return pdfFacts(base64).pages || Math.max(1, Math.round(bytes / data.document_bytes_per_page));
}
