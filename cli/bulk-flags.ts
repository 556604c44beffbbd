import type { BulkEdit } from '../batch/bulk/bulk-edit';
import { type Condition, parseCondition } from '../batch/bulk/condition';
import { parseFieldPath } from '../batch/bulk/field-path';
import { parseFieldValue } from '../batch/bulk/field-value';
import { parseSplitSize } from '../batch/bulk/split-size';
import type { Path } from '../batch/finding';
import type { Derivation } from '../files/derive-files';
import { Failure } from './exit';
import { choiceOf } from './flags';

/** Flags that say what is done to the requests of a file. */
export const EDITING = {
  where: { type: 'string' },
  set: { type: 'string', multiple: true },
  remove: { type: 'string', multiple: true },
  model: { type: 'string' },
  renumber: { type: 'string' },
  prefix: { type: 'string' },
  'drop-duplicates': { type: 'string' },
  minify: { type: 'boolean' },
  sample: { type: 'string' },
  shuffle: { type: 'boolean' },
  seed: { type: 'string' },
  split: { type: 'string' },
  'split-by': { type: 'string' },
} as const;

export interface EditingFlags {
  readonly where?: string;
  readonly set?: readonly string[];
  readonly remove?: readonly string[];
  readonly model?: string;
  readonly renumber?: string;
  readonly prefix?: string;
  readonly 'drop-duplicates'?: string;
  readonly minify?: boolean;
  readonly sample?: string;
  readonly shuffle?: boolean;
  readonly seed?: string;
  readonly split?: string;
  readonly 'split-by'?: string;
}

/** What the flags ask for: changes, in the order in which they are made, or new files. Throws a `Failure`. */
export function whatToDo(
  flags: EditingFlags,
): { readonly edits: readonly BulkEdit[] } | { readonly derivation: Derivation } {
  const edits = editsIn(flags);
  const derivations = derivationsIn(flags);
  const [derivation] = derivations;
  if (edits.length > 0 && derivation)
    throw new Failure(
      'Requests are changed, or new files are made of them: these are two commands, one after the other.',
    );
  if (derivations.length > 1) throw new Failure('One of --sample, --shuffle, --split and --split-by at a time.');
  if (derivation && flags.where !== undefined)
    throw new Failure('--where says which requests are changed; it goes with --set and the like.');
  if (!derivation && flags.seed !== undefined) throw new Failure('--seed goes with --sample or --shuffle.');
  if (derivation) return { derivation };
  if (edits.length === 0) throw new Failure('Say what is to be done, such as --set max_tokens=1024 or --sample 100.');
  if (flags.renumber !== undefined && flags.prefix !== undefined)
    throw new Failure('--renumber takes what stands before the number, so --prefix has nothing left to do.');
  return { edits };
}

function editsIn(flags: EditingFlags): BulkEdit[] {
  const { model, renumber, prefix, 'drop-duplicates': drop } = flags;
  const by = drop === undefined ? undefined : choiceOf('drop-duplicates', drop, ['custom_id', 'params']);
  const edits: BulkEdit[] = [
    ...(by ? [{ op: 'drop-duplicates', by } as const] : []),
    ...(flags.remove ?? []).map((field) => ({ op: 'remove', path: fieldIn('remove', field) }) as const),
    ...(flags.set ?? []).map(setIn),
    ...(model === undefined ? [] : [{ op: 'set', path: ['params', 'model'], value: model } as const]),
    ...(renumber === undefined ? [] : [{ op: 'renumber', prefix: renumber } as const]),
    ...(prefix === undefined ? [] : [{ op: 'prefix', prefix } as const]),
    ...(flags.minify ? [{ op: 'minify' } as const] : []),
  ];
  const where = flags.where === undefined ? undefined : conditionIn(flags.where);
  return where ? edits.map((edit) => ({ ...edit, where })) : edits;
}

function derivationsIn({ sample, shuffle, seed = '1', split, 'split-by': field }: EditingFlags): Derivation[] {
  return [
    ...(sample === undefined ? [] : [{ kind: 'sample', count: countIn(sample), seed } as const]),
    ...(shuffle ? [{ kind: 'shuffle', seed } as const] : []),
    ...(split === undefined ? [] : [splitIn(split)]),
    ...(field === undefined ? [] : [{ kind: 'split-by', path: fieldIn('split-by', field) } as const]),
  ];
}

function setIn(text: string): BulkEdit {
  const at = text.indexOf('=');
  if (at < 0) throw new Failure(`--set takes FIELD=VALUE, not "${text}".`);
  const path = fieldIn('set', text.slice(0, at));
  return { op: 'set', path, value: parseFieldValue(path, text.slice(at + 1)) };
}

function fieldIn(flag: string, text: string): Path {
  const path = parseFieldPath(text);
  if (!path) throw new Failure(`--${flag} takes a field such as max_tokens or metadata.user_id, not "${text}".`);
  return path;
}

function conditionIn(text: string): Condition {
  const condition = parseCondition(text);
  if (condition) return condition;
  throw new Failure(`--where takes FIELD=VALUE, FIELD!=VALUE, FIELD~PATTERN, FIELD or !FIELD, not "${text}".`);
}

function splitIn(text: string): Derivation {
  const size = parseSplitSize(text);
  if (!size)
    throw new Failure(`--split takes a number of requests such as 10000, or a size such as 50MB, not "${text}".`);
  return { kind: 'split', ...size };
}

function countIn(text: string): number {
  if (!/^[1-9]\d{0,8}$/.test(text)) throw new Failure(`--sample takes a number of requests, not "${text}".`);
  return Number(text);
}
