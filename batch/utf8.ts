/** How many bytes `text` takes in UTF-8; a lone surrogate counts as the replacement character that would be written. */
export function utf8Length(text: string): number {
  let bytes = text.length;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit < 0x80) continue;
    if (unit < 0x800) bytes += 1;
    else if (isHighSurrogate(unit) && isLowSurrogate(text.charCodeAt(i + 1))) {
      bytes += 2;
      i++;
    } else bytes += 2;
  }
  return bytes;
}

/** `text`, which has no lone surrogate, in UTF-8, and so many zeros behind it. */
export function utf8Bytes(text: string, padding = 0): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(utf8Length(text) + padding);
  writeUtf8(text, bytes);
  return bytes;
}

/** The most bytes that UTF-8 takes for a UTF-16 unit. */
export const MOST_BYTES_A_UNIT = 3;

/**
 * Writes `text` as UTF-8 to the beginning of `target`, which has room for it, and returns how many bytes it took; -1 where
 * it cannot be written, because a surrogate stands alone.
 */
export function writeUtf8(text: string, target: Uint8Array): number {
  return text.isWellFormed() ? encoder.encodeInto(text, target).written : -1;
}

/** Of the Encoding Standard: every engine has it and makes of the same text the same bytes, many times as fast as code. */
declare const TextEncoder: new () => { encodeInto(text: string, target: Uint8Array): { readonly written: number } };

const encoder = new TextEncoder();

/** The text of the bytes [from, to). */
export function utf8Text(memory: DataView, from: number, to: number): string {
  return decoder.decode(new Uint8Array(memory.buffer as ArrayBuffer, memory.byteOffset + from, to - from));
}

/** Up to so many characters are sooner put together one by one. */
const FEW = 10;

/** The text of the bytes [from, to), which are ASCII. */
export function asciiText(memory: DataView, from: number, to: number): string {
  if (to - from > FEW) return utf8Text(memory, from, to);
  let text = '';
  for (let at = from; at < to; at++) text += String.fromCharCode(memory.getUint8(at));
  return text;
}

declare const TextDecoder: new (
  encoding: 'utf-8',
  options: { readonly ignoreBOM: boolean },
) => { decode(bytes: Uint8Array<ArrayBuffer>): string };

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

export function isHighSurrogate(unit: number): boolean {
  return unit >= 0xd800 && unit < 0xdc00;
}

export function isLowSurrogate(unit: number): boolean {
  return unit >= 0xdc00 && unit < 0xe000;
}
