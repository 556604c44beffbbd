import { createHash } from 'node:crypto';
import type { ModelTable } from '../batch/cost/models';
import { isObject } from '../batch/json';
import { counted } from '../batch/wording';
import { CreateBody } from '../files/create-body';
import { readChunks } from '../files/read-lines';
import { customIdOf, parseLine } from './custom-id';
import type { ResultKind } from './result';
import type { Run, RunOutcome } from './run';
import { answeredModel } from './short-message';

/** The models that answered, by id, noted while results go by. */
export class AnsweredModels {
  readonly models = new Map<string, string>();

  readonly note = (row: Uint8Array, kind: ResultKind): void => {
    const model = kind === 'succeeded' ? answeredModel(row) : null;
    const customId = model === null ? null : customIdOf(row);
    if (model !== null && customId !== null) this.models.set(customId, model);
  };
}

/**
 * Why results cannot be those of a run whose batch was found and not named by an answer, as the end of a sentence; null
 * where nothing speaks against it: the same ids, each once, and each answered by the model that it asked for.
 */
export async function doubtAbout(
  run: Run,
  { missing, unexpected, repeated, unreadable }: RunOutcome,
  answered: AnsweredModels,
  table: ModelTable,
): Promise<string | null> {
  const strange = missing.length + unexpected.length + repeated.length + unreadable;
  if (strange > 0) return `${counted(strange, 'row')} of it do not fit the ids that were sent`;
  const asked = await askedModels(run);
  if (!asked) return `${run.source} was changed since, so that it cannot be compared`;
  const same = (a: string, b: string | undefined) =>
    a === b || (b !== undefined && table.find(a) !== undefined && table.find(a)?.id === table.find(b)?.id);
  const others = [...answered.models].filter(([customId, model]) => !same(model, asked.get(customId)));
  return others.length === 0 ? null : `${counted(others.length, 'request')} of it asked for another model`;
}

/** The models that the submitted file asks for, by id; null where it is not that file any more. */
async function askedModels({ source, lines, sha256, bytes }: Run): Promise<Map<string, string> | null> {
  const asked = new Map<string, string>();
  const body = new CreateBody(({ bytes: line }, isRequest) => {
    const request = isRequest ? parseLine(line) : undefined;
    const params = isObject(request) && isObject(request.params) ? request.params : {};
    if (typeof params.model === 'string') asked.set(customIdOf(line) ?? '', params.model);
  }, lines);
  const hash = createHash('sha256');
  try {
    for await (const chunk of readChunks(source)) hash.update(body.push(chunk));
  } catch {
    return null;
  }
  hash.update(body.end());
  return body.bytes === bytes && hash.digest('hex') === sha256 ? asked : null;
}
