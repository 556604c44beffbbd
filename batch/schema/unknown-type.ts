import foreign from '../../schemas/foreign-fields.json';
import { fix, preferredFix, replace } from '../edit';
import { atValue } from '../finding';
import { isObject, type Json } from '../json';
import { shown } from '../rules/read';
import type { Advice } from './advice';
import type { UnknownType } from './explain';
import { fits } from './mend';
import { type Nearest, nearest } from './nearest';
import { fromOpenAi } from './openai';
import { tagsOf } from './schema';
import { nameOf, oneOf, pattern } from './words';

export function adviseUnknownType(fault: UnknownType): Advice {
  const { path, value, owner, schema } = fault;
  const place = atValue(...path);
  const is = `${nameOf(path)} is ${shown(value)}`;
  const converted = fromOpenAi(owner).find((candidate) => fits(candidate, schema));
  if (isObject(converted)) {
    const kind = shown(converted[schema.discriminator.propertyName] ?? 'custom');
    const fixes = [fix(`Convert to ${kind}`, replace(path.slice(0, -1), converted))];
    return { place, message: `${is}, which is OpenAI's; the Messages API calls it ${kind}.`, fixes };
  }
  const tags = tagsOf(schema).filter((tag) => typeof tag === 'string');
  const wrong = `${is}, and must be ${oneOf(tags)}`;
  const known = foreign.values.find((it) => it.at === pattern(path) && it.value === value);
  if (known?.say !== undefined) return { place, message: `${wrong}: ${known.say}.`, fixes: [] };
  const found = known?.to === undefined ? nearestTag(value, tags) : { name: known.to, certain: false };
  if (!found) return { place, message: `${wrong}.`, fixes: [] };
  const make = found.certain ? preferredFix : fix;
  const fixes = [make(`Change to ${shown(found.name)}`, replace(path, found.name))];
  return { place, message: `${wrong}; did you mean ${shown(found.name)}?`, fixes };
}

function nearestTag(value: Json, tags: readonly string[]): Nearest | undefined {
  return typeof value === 'string' ? nearest(value, tags) : undefined;
}
