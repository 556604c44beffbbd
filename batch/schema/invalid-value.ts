import { fix, preferredFix, replace } from '../edit';
import { atValue } from '../finding';
import { isArray } from '../json';
import { shown } from '../rules/read';
import { count, counted } from '../wording';
import type { Advice } from './advice';
import type { InvalidValue } from './explain';
import { codePoints } from './limits';
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
  const length = typeof value === 'string' ? codePoints(value) : isArray(value) ? value.length : 0;
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
      return `${length === 0 ? 'is empty' : `has ${counted(length, 'character')}`}, and needs at least ${count(schema.minLength ?? 0)}`;
    case 'maxLength':
      return `has ${counted(length, 'character')}, and may have at most ${count(schema.maxLength ?? 0)}`;
    case 'minItems':
      return `has ${counted(length, 'item')}, and needs at least ${count(schema.minItems ?? 0)}`;
    case 'maxItems':
      return `has ${counted(length, 'item')}, and may have at most ${count(schema.maxItems ?? 0)}`;
  }
}
