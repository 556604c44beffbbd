import { type Fix, fix, preferredFix, remove, replace } from '../edit';
import { atValue } from '../finding';
import { isArray, type Json } from '../json';
import { shown } from '../rules/read';
import { count, counted } from '../wording';
import type { Advice } from './advice';
import { codePoints } from './broken-limit';
import type { InvalidValue } from './explain';
import { isMediaType, mediaTypeOfBytes } from './media-type';
import { fits, mended } from './mend';
import { capitalised, itemNoun, nameOf, whatFits } from './words';

/** The patterns of the schema in words. */
const PATTERNS: Readonly<Record<string, string>> = {
  '\\S': 'must not be blank',
  '^[a-zA-Z0-9_-]+$': 'may hold only letters, digits, "_" and "-"',
  '^srvtoolu_[a-zA-Z0-9_]+$': 'must be "srvtoolu_" and then letters, digits or "_"',
};

/** `line` is the whole line's value: what a file is, only its bytes beside the value tell. */
export function adviseInvalidValue(fault: InvalidValue, line: Json): Advice {
  const message = `${capitalised(nameOf(fault.path))} ${complaint(fault)}.`;
  return { place: atValue(...fault.path), message, fixes: fixes(fault, line) };
}

function complaint({ path, value, schema, limit }: InvalidValue): string {
  const noun = isArray(value) ? itemNoun(path) : 'character';
  switch (limit) {
    case 'listed':
      return `is ${shown(value)}, and must be ${whatFits(schema)}`;
    case 'minimum':
      return `is ${shown(value)}, and must be at least ${schema.minimum}`;
    case 'maximum':
      return `is ${shown(value)}, and must be at most ${schema.maximum}`;
    case 'pattern':
      return `is ${shown(value)}, and ${PATTERNS[schema.pattern ?? ''] ?? `must match ${schema.pattern}`}`;
    case 'minLength':
    case 'minItems':
      return `${sizeOf(value, noun)}, and needs at least ${amount(value, schema[limit], noun)}`;
    case 'maxLength':
    case 'maxItems':
      return `${sizeOf(value, noun)}, and may have at most ${amount(value, schema[limit], noun)}`;
  }
}

function sizeOf(value: Json, noun: string): string {
  return lengthOf(value) === 0 ? 'is empty' : `has ${counted(lengthOf(value), noun)}`;
}

/** `1 message` where nothing was counted before, and `256` where what is counted was just said. */
function amount(value: Json, limit: number | undefined, noun: string): string {
  return lengthOf(value) === 0 ? counted(limit ?? 0, noun) : count(limit ?? 0);
}

function lengthOf(value: Json): number {
  return isArray(value) ? value.length : codePoints(String(value));
}

function fixes({ path, value, schema }: InvalidValue, line: Json): Fix[] {
  if (isMediaType(path)) {
    const actual = mediaTypeOfBytes(line, path);
    const isAllowed = actual !== undefined && fits(actual, schema);
    return isAllowed ? [preferredFix(`Change to ${shown(actual)}`, replace(path, actual))] : [];
  }
  const isBlankItem = typeof path.at(-1) === 'number' && typeof value === 'string' && value.trim() === '';
  if (isBlankItem) return [fix('Remove the Blank Item', remove(path))];
  const mend = mended(value, schema);
  const make = mend?.certain ? preferredFix : fix;
  return mend ? [make(`Change to ${shown(mend.value)}`, replace(path, mend.value))] : [];
}
