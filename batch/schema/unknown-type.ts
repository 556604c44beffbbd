import foreign from '../../schemas/foreign-fields.json';
import { type Fix, fix, preferredFix, replace } from '../edit';
import { atValue } from '../finding';
import { isObject } from '../json';
import { shown } from '../rules/read';
import type { Advice } from './advice';
import type { UnknownType } from './explain';
import { fits } from './mend';
import { nearest } from './nearest';
import { fromOpenAi } from './openai';
import { tagsOf } from './schema';
import { nameOf, oneOf, pattern } from './words';

export function adviseUnknownType(fault: UnknownType): Advice {
  const { path, value, schema } = fault;
  const tags = tagsOf(schema).filter((tag) => typeof tag === 'string');
  const known = foreign.values.find((it) => it.at === pattern(path) && it.value === value);
  const found = typeof value === 'string' ? nearest(value, tags) : undefined;
  const meant = known?.to ?? (known ? undefined : found?.name);
  const hint = meant === undefined ? '' : `; did you mean ${shown(meant)}?`;
  const wrong = `${nameOf(path)} is ${shown(value)}, and must be ${oneOf(tags)}`;
  return {
    place: atValue(...path),
    message: known?.say === undefined ? `${wrong}${hint || '.'}` : `${wrong}: ${known.say}.`,
    fixes: [...conversions(fault), ...changes(fault, meant, known?.to === undefined && found?.certain === true)],
  };
}

function changes({ path }: UnknownType, meant: string | undefined, certain: boolean): Fix[] {
  if (meant === undefined) return [];
  const edit = replace(path, meant);
  return [certain ? preferredFix(`Change to ${shown(meant)}`, edit) : fix(`Change to ${shown(meant)}`, edit)];
}

/** The whole object, where it is one of OpenAI's that has a counterpart. */
function conversions({ path, owner, schema }: UnknownType): Fix[] {
  const fitting = fromOpenAi(owner).find((candidate) => fits(candidate, schema));
  if (!isObject(fitting)) return [];
  const [tag] = path.slice(-1);
  const kind = shown(fitting[String(tag)] ?? 'custom');
  return [fix(`Convert from OpenAI's Shape to ${kind}`, replace(path.slice(0, -1), fitting))];
}
