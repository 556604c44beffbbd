import data from '../../schemas/tokens.json';

/** The two families of tokenizers. */
export type Family = keyof typeof data.families;

/** What characters weigh, in thousandths of a token: whole numbers, whose sum does not depend on their order. */
export interface CharacterWeights {
  /** By UTF-16 unit. A character of two units is split between them. */
  readonly ofUnit: Uint16Array;
  /** By UTF-8 byte inside a JSON string: the first byte of a character bears its whole weight; -1 for what needs an escape. */
  readonly ofByte: Int32Array;
  /** By two such bytes, read as one number; -1 where one of them needs an escape. */
  readonly ofPair: Int32Array;
}

export const characterWeights: Readonly<Record<Family, CharacterWeights>> = {
  old: weightsOf(data.families.old),
  new: weightsOf(data.families.new),
};

/** Classes begin and end where the first byte of UTF-8 changes, so that both tables say the same. */
function weightsOf(tokens: (typeof data.families)[Family]): CharacterWeights {
  const weight = (kind: 'letter' | 'digit' | 'symbol' | 'space' | 'latin' | 'script' | 'cjk' | 'emoji') =>
    Math.round(tokens[kind] * 1000);
  const ascii = Array.from({ length: 0x80 }, (_, unit) => weight(kindOfAscii(String.fromCharCode(unit))));
  const ofUnit = new Uint16Array(0x10000);
  ofUnit.set(ascii);
  ofUnit.fill(weight('latin'), 0x80, 0x240).fill(weight('script'), 0x240, 0x3000).fill(weight('cjk'), 0x3000);
  ofUnit.fill(weight('emoji') / 2, 0xd800, 0xe000);
  const ofByte = new Int32Array(0x100);
  ofByte.set(ascii);
  ofByte.fill(weight('latin'), 0xc2, 0xc9).fill(weight('script'), 0xc9, 0xe3).fill(weight('cjk'), 0xe3, 0xf0);
  ofByte.fill(weight('emoji'), 0xf0, 0xf5).fill(-1, 0, 0x20);
  for (const character of '"\\') ofByte[character.charCodeAt(0)] = -1;
  return { ofUnit, ofByte, ofPair: pairsOf(ofByte) };
}

/** The same whichever of the two bytes comes first. */
function pairsOf(ofByte: Int32Array): Int32Array {
  const ofPair = new Int32Array(0x10000);
  for (let pair = 0; pair < ofPair.length; pair++) {
    const [one, other] = [ofByte[pair & 0xff]!, ofByte[pair >> 8]!];
    ofPair[pair] = one < 0 || other < 0 ? -1 : one + other;
  }
  return ofPair;
}

function kindOfAscii(character: string): 'letter' | 'digit' | 'symbol' | 'space' {
  if (/[a-zA-Z]/.test(character)) return 'letter';
  if (/[0-9]/.test(character)) return 'digit';
  return /\s/.test(character) ? 'space' : 'symbol';
}
