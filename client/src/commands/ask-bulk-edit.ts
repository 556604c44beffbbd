import type { BulkEdit } from '../../../batch/bulk/bulk-edit';
import { type Condition, parseCondition } from '../../../batch/bulk/condition';
import { parseFieldPath } from '../../../batch/bulk/field-path';
import { parseFieldValue } from '../../../batch/bulk/field-value';
import { parseSplitSize } from '../../../batch/bulk/split-size';
import type { ModelTable } from '../../../batch/cost/models';
import type { Path } from '../../../batch/finding';
import { MAX_REQUESTS } from '../../../batch/limits';
import type { Derivation } from '../../../files/derive-files';
import { askText, pickOne } from '../ask';

/** What a person wants done to the requests of a file: in their lines, or in new files. */
export type BulkWork =
  | { readonly title: string; readonly edit: BulkEdit }
  | { readonly title: string; readonly derivation: Derivation };

type Answer = { readonly edit: BulkEdit } | { readonly derivation: Derivation } | undefined;

const KINDS: readonly { readonly label: string; readonly ask: (models: ModelTable) => Promise<Answer> }[] = [
  { label: 'Set a Field', ask: askSet },
  { label: 'Remove a Field', ask: askRemove },
  { label: 'Change the Model', ask: askModel },
  { label: 'Renumber the custom_ids', ask: askRenumber },
  { label: 'Put a Prefix before the custom_ids', ask: askPrefix },
  { label: 'Drop Requests with a Repeated custom_id', ask: async () => drop('custom_id') },
  { label: 'Drop Requests with Repeated Params', ask: async () => drop('params') },
  { label: 'Sample into a New File', ask: askSample },
  { label: 'Shuffle into a New File', ask: askShuffle },
  { label: 'Split by Size into New Files', ask: askSplit },
  { label: 'Split by a Field into New Files', ask: askSplitBy },
];

/** Undefined where the person thought better of it. */
export async function askWhatToEdit(models: ModelTable): Promise<BulkWork | undefined> {
  const kind = await pickOne(KINDS, { title: 'Bulk Edit Requests' });
  const answer = await kind?.ask(models);
  return kind && answer && { title: kind.label, ...answer };
}

async function askSet(): Promise<Answer> {
  const path = await askField('The field to set, such as max_tokens or metadata.user_id');
  const text = path && (await askText({ title: 'The value, as JSON or plain text' }));
  const where = text === undefined ? undefined : await askWhere();
  if (!path || text === undefined || !where) return undefined;
  return { edit: { op: 'set', path, value: parseFieldValue(path, text), ...where } };
}

async function askRemove(): Promise<Answer> {
  const path = await askField('The field to remove, such as temperature');
  const where = path && (await askWhere());
  return path && where ? { edit: { op: 'remove', path, ...where } } : undefined;
}

async function askModel({ models }: ModelTable): Promise<Answer> {
  const items = models
    .filter(({ status }) => status !== 'retired')
    .map(({ id, name }) => ({ label: id, description: name }));
  const model = await pickOne(items, { title: 'The New Model' });
  const where = model && (await askWhere());
  return model && where ? { edit: { op: 'set', path: ['params', 'model'], value: model.label, ...where } } : undefined;
}

async function askRenumber(): Promise<Answer> {
  const prefix = await askText({ title: 'What stands before the number', value: 'request-' });
  return prefix === undefined ? undefined : { edit: { op: 'renumber', prefix } };
}

async function askPrefix(): Promise<Answer> {
  const prefix = await askText({ title: 'What to put before each custom_id' });
  return prefix ? { edit: { op: 'prefix', prefix } } : undefined;
}

const drop = (by: 'custom_id' | 'params'): Answer => ({ edit: { op: 'drop-duplicates', by } });

async function askSample(): Promise<Answer> {
  const count = await askNumber('How many requests', 100);
  const seed = count && (await askSeed());
  return count && seed ? { derivation: { kind: 'sample', count, seed } } : undefined;
}

async function askShuffle(): Promise<Answer> {
  const seed = await askSeed();
  return seed ? { derivation: { kind: 'shuffle', seed } } : undefined;
}

async function askSplit(): Promise<Answer> {
  const validateInput = (text: string) =>
    parseSplitSize(text) ? undefined : 'Requests such as 10000, or a size such as 50 MB.';
  const title = 'At most how many requests in a file, or how much, such as 50 MB';
  const text = await askText({ title, value: String(MAX_REQUESTS), validateInput });
  const size = text === undefined ? undefined : parseSplitSize(text);
  return size && { derivation: { kind: 'split', ...size } };
}

async function askSplitBy(): Promise<Answer> {
  const path = await askField('The field whose values part the files, such as model');
  return path && { derivation: { kind: 'split-by', path } };
}

/** All requests, or those that a condition means; undefined where the person thought better of it. */
async function askWhere(): Promise<{ where?: Condition } | undefined> {
  const all = { label: 'In All Requests' };
  const chosen = await pickOne([all, { label: 'Only Where a Condition Holds…' }], { title: 'Which Requests' });
  if (chosen === undefined || chosen === all) return chosen && {};
  const validateInput = (text: string) => (parseCondition(text) ? undefined : CONDITIONS);
  const text = await askText({ title: 'The condition', prompt: CONDITIONS, validateInput });
  const where = text === undefined ? undefined : parseCondition(text);
  return where && { where };
}

const CONDITIONS =
  'model=NAME, model!=NAME, custom_id~PATTERN, temperature where it is set, !temperature where it is not';

async function askField(title: string): Promise<Path | undefined> {
  const validateInput = (text: string) =>
    parseFieldPath(text) ? undefined : 'A field is written as in metadata.user_id.';
  const text = await askText({ title, validateInput });
  return text === undefined ? undefined : parseFieldPath(text);
}

async function askNumber(title: string, value: number): Promise<number | undefined> {
  const validateInput = (text: string) => (/^[1-9]\d{0,8}$/.test(text) ? undefined : 'A number from 1 on.');
  const text = await askText({ title, value: String(value), validateInput });
  return text === undefined ? undefined : Number(text);
}

function askSeed(): Thenable<string | undefined> {
  return askText({ title: 'The seed: the same one gives the same choice', value: '1' });
}
