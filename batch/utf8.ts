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

/** `text`, which has no lone surrogate, in UTF-8. */
export function utf8Bytes(text: string): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(utf8Length(text));
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

export function isHighSurrogate(unit: number): boolean {
  return unit >= 0xd800 && unit < 0xdc00;
}

export function isLowSurrogate(unit: number): boolean {
  return unit >= 0xdc00 && unit < 0xe000;
}
