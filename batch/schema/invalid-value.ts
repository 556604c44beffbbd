import { fix, preferredFix, replace } from '../edit';
import { atValue } from '../finding';
import { isArray, type Json } from '../json';
import { shown } from '../rules/read';
import { count, counted } from '../wording';
import type { Advice } from './advice';
import { codePoints } from './broken-limit';
import type { InvalidValue } from './explain';
import { mended } from './mend';
import { nameOf, whatFits } from './words';

/** The patterns of the schema in words. */
const PATTERNS: Readonly<Record<string, string>> = {
  '\\S': 'must not be blank',
  '^[a-zA-Z0-9_-]+$': 'may hold only letters, digits, "_" and "-"',
  '^srvtoolu_[a-zA-Z0-9_]+$': 'must be "srvtoolu_" and then letters, digits or "_"',
};

export function adviseInvalidValue(fault: InvalidValue): Advice {
  const { path, value, schema } = fault;
  const mend = mended(value, schema);
  const make = mend?.certain ? preferredFix : fix;
  const fixes = mend ? [make(`Change to ${shown(mend.value)}`, replace(path, mend.value))] : [];
  return { place: atValue(...path), message: `${nameOf(path)} ${complaint(fault)}.`, fixes };
}

function complaint({ value, schema, limit }: InvalidValue): string {
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
      return `${sizeOf(value)}, and needs at least ${count(schema[limit] ?? 0)}`;
    case 'maxLength':
    case 'maxItems':
      return `${sizeOf(value)}, and may have at most ${count(schema[limit] ?? 0)}`;
  }
}

function sizeOf(value: Json): string {
  const [size, unit] = isArray(value)
    ? ([value.length, 'item'] as const)
    : ([codePoints(String(value)), 'character'] as const);
  return size === 0 ? 'is empty' : `has ${counted(size, unit)}`;
}
