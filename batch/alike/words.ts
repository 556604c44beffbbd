import { utf8Bytes } from '../utf8';

/** Strings that mean something in one place, as keys or as values, and their bytes with the closing quote. */
export type Words = readonly { readonly word: string; readonly bytes: DataView }[];

export function words(...all: readonly string[]): Words {
  return all.map((word) => ({ word, bytes: new DataView(utf8Bytes(`${word}"`).buffer) }));
}
