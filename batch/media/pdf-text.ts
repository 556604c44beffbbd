import { unzlibSync } from 'fflate/browser';
import { remembered } from '../remembered';
import { decoded } from './base64';

/**
 * How many characters the pages of a PDF show as text, from its base64 text; undefined where that is not to be had: it is
 * encrypted, too large to look into, or none of its streams can be read. Kerning and fonts are not looked at, so it is about
 * right and no more. Source: ISO 32000-1, 7.3.8 (streams), 7.4.4 (FlateDecode), 9.4.3 (operators that show text).
 */
export const pdfCharacters = remembered((base64: string): number | undefined => {
  if (base64.length > LARGEST) return undefined;
  const bytes = decoded(base64);
  const file = latin1(bytes);
  if (file.includes('/Encrypt')) return undefined;
  const pages = contents(file, bytes);
  return pages.length === 0 ? undefined : pages.reduce((sum, content) => sum + charactersShown(content), 0);
});

/** Characters of base64, beyond which looking takes too long. */
const LARGEST = 4_000_000;

/** What streams hold that show text. */
function contents(file: string, bytes: Uint8Array): string[] {
  return [...file.matchAll(STREAM)].flatMap(({ index, 0: { length } }) => {
    const description = file.slice(file.lastIndexOf('obj', index), index);
    if (/\/Subtype\s*\/Image|\/FontFile|\/Length1|\/ObjStm|\/XRef/.test(description)) return [];
    const end = file.indexOf('endstream', index);
    const data = bytes.subarray(index + length, end < 0 ? bytes.length : end);
    const content = description.includes('/FlateDecode') ? inflated(data) : latin1(data);
    return content && /\bBT\b/.test(content) ? [content] : [];
  });
}

const STREAM = /\bstream\r?\n/g;

function inflated(data: Uint8Array): string | undefined {
  try {
    return latin1(unzlibSync(data));
  } catch {
    return undefined;
  }
}

/** Text is shown from strings: literal, or in hexadecimal with one or two bytes a character. */
function charactersShown(content: string): number {
  const shown = content.split(/\bBT\b/).slice(1);
  const strings = shown.flatMap((text) => [...text.slice(0, endOfText(text)).matchAll(STRING)]);
  return strings.reduce((sum, [, literal, hexadecimal = '']) => {
    if (literal !== undefined) return sum + literal.replace(/\\(?:[0-7]{1,3}|.)/gs, 'x').length;
    return sum + hexadecimal.length / (/^(?:00..)+$/.test(hexadecimal) ? 4 : 2);
  }, 0);
}

function endOfText(text: string): number {
  const end = text.search(/\bET\b/);
  return end < 0 ? text.length : end;
}

const STRING = /\(((?:\\.|[^\\()])*)\)|<([0-9a-fA-F]+)>/gs;

function latin1(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += CHUNK) text += String.fromCharCode(...bytes.subarray(at, at + CHUNK));
  return text;
}

/** Arguments that one call surely takes. */
const CHUNK = 0x2000;
