import data from '../../schemas/tokens.json';
import { isObject, type JsonObject } from '../json';
import { bytesOf } from '../media/base64';
import { imageHeader } from '../media/image-header';
import { pdfFacts } from '../media/pdf';
import { pdfCharacters } from '../media/pdf-text';
import { imageTokens, mostImageTokens, seenSize } from '../media/resolution';
import { familyOf, type Model } from './models';
import { plus, type Range, times } from './range';

export const NO_TOKENS: Range = { low: 0, expected: 0, high: 0 };

export function isMedia({ type }: JsonObject): boolean {
  return type === 'image' || type === 'document';
}

/** Tokens of what an image or document block shows; the text of a document in plain text is counted elsewhere. */
export function mediaTokens(block: JsonObject, model: Model | undefined): Range {
  const source = isObject(block.source) ? block.source : {};
  const base64 = source.type === 'base64' && typeof source.data === 'string' ? source.data : undefined;
  if (block.type === 'image') return pictureTokens(base64, tierOf(model));
  if (source.type === 'text' || source.type === 'content') return NO_TOKENS;
  return pagesTokens(base64, model, isObject(block.citations) && block.citations.enabled === true);
}

/** Each page is shown as a picture, and its text is read beside it. */
function pagesTokens(base64: string | undefined, model: Model | undefined, isCited: boolean): Range {
  const { picture, text, text_of_character, cited } = data.document_page;
  const pages = base64 === undefined ? 1 : pageCount(base64);
  const characters = base64 === undefined ? undefined : pdfCharacters(base64);
  const ofText = characters === undefined ? times(text, pages) : times(text_of_character[familyOf(model)], characters);
  return plus(times(picture[tierOf(model)], pages), times(ofText, isCited ? cited : 1));
}

function tierOf(model: Model | undefined): Model['image_tier'] {
  return model?.image_tier ?? 'high-res';
}

/** Exact where the size can be read; a picture behind a URL or a file id may be of any size. */
function pictureTokens(base64: string | undefined, tier: Model['image_tier']): Range {
  const size = base64 === undefined ? undefined : imageHeader(bytesOf(base64))?.size;
  if (!size) return { ...data.unknown_picture, high: mostImageTokens(tier) };
  const tokens = imageTokens(seenSize(size, tier));
  return { low: tokens, expected: tokens, high: tokens };
}

/** Pages are said in plain bytes or, compressed, not at all: then the size has to tell. */
function pageCount(base64: string): number {
  const bytes = (base64.length * 3) / 4;
  return pdfFacts(base64).pages || Math.max(1, Math.round(bytes / data.document_bytes_per_page));
}
