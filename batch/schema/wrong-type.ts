import { type Fix, fix, preferredFix, remove, replace } from '../edit';
import { atValue } from '../finding';
import { isArray, isObject, type Json } from '../json';
import { shown } from '../rules/read';
import type { Advice } from './advice';
import type { WrongType } from './explain';
import { mended } from './mend';
import { capitalised, nameOf, whatFits, whatIs } from './words';

export function adviseWrongType({ path, value, schema, optional }: WrongType): Advice {
  const place = atValue(...path);
  const wrong = `${capitalised(nameOf(path))} is ${whatIs(value)}, and must be ${whatFits(schema)}`;
  if (value === null && optional) {
    const removal = fix(`Remove ${shown(path.at(-1))}`, remove(path));
    return { place, message: `${wrong}; leave it out to have none.`, fixes: [removal] };
  }
  const mend = mended(value, schema);
  const fixes = mend ? [replacement(value, mend.value, mend.certain, path)] : [];
  return { place, message: `${wrong}.`, fixes };
}

function replacement(old: Json, value: Json, certain: boolean, path: WrongType['path']): Fix {
  const edit = replace(path, value);
  if (certain) return preferredFix(`Change to ${shown(value)}`, edit);
  const inArray = isArray(value) && value[0] === old;
  return fix(
    inArray ? 'Wrap in an Array' : isObject(old) || isArray(old) ? 'Convert to This API' : `Change to ${shown(value)}`,
    edit,
  );
}
