import { type Finding, jsonPointer } from '../finding';
import type { Json } from '../json';
import { invalidValue } from '../rules/invalid-value';
import { missingField } from '../rules/missing-field';
import type { RuleInfo } from '../rules/rule';
import { unknownField } from '../rules/unknown-field';
import { unknownType } from '../rules/unknown-type';
import { wrongType } from '../rules/wrong-type';
import type { Advice } from './advice';
import { explain, type ShapeFault } from './explain';
import { adviseInvalidValue } from './invalid-value';
import { adviseMissingField } from './missing-field';
import { adviseUnknownField } from './unknown-field';
import { adviseUnknownType } from './unknown-type';
import { isValidShape } from './validate';
import { adviseWrongType } from './wrong-type';

/** A line with more mistakes than these is not mended one by one; told are the first. */
const MOST_FINDINGS = 200;

/** What the schema says of a whole line `{custom_id, params}`: empty when it is valid. */
export function shapeFindings(line: Json): Finding[] {
  return isValidShape(line) ? [] : findings(line, explain(line).slice(0, MOST_FINDINGS));
}

/** A field that is missing or null because its value stands under another name is one mistake, told at that name. */
function findings(line: Json, faults: readonly ShapeFault[]): Finding[] {
  const advised = faults.map((fault) => ({ fault, advice: advise(fault, line) }));
  const meant = new Set<string | undefined>(
    advised.flatMap(({ fault, advice }) => (advice?.meant ? [placeBeside(fault, advice.meant)] : [])),
  );
  return advised.flatMap(({ fault, advice }) => {
    if (!advice || meant.has(placeWithout(fault))) return [];
    const { id: rule, severity } = RULES[fault.kind];
    return [{ rule, severity, message: advice.message, place: advice.place, fixes: advice.fixes }];
  });
}

function placeBeside({ path }: ShapeFault, name: string): string {
  return jsonPointer([...path.slice(0, -1), name]);
}

/** The place that has no value; undefined where the fault is another. */
function placeWithout(fault: ShapeFault): string | undefined {
  if (fault.kind === 'missing-field') return jsonPointer([...fault.path, fault.name]);
  return fault.kind === 'wrong-type' && fault.value === null ? jsonPointer(fault.path) : undefined;
}

function advise(fault: ShapeFault, line: Json): Advice | undefined {
  switch (fault.kind) {
    case 'unknown-field':
      return adviseUnknownField(fault);
    case 'missing-field':
      return adviseMissingField(fault);
    case 'wrong-type':
      return adviseWrongType(fault);
    case 'invalid-value':
      return adviseInvalidValue(fault, line);
    case 'unknown-type':
      return adviseUnknownType(fault);
  }
}

const RULES: Readonly<Record<ShapeFault['kind'], RuleInfo>> = {
  'unknown-field': unknownField,
  'missing-field': missingField,
  'wrong-type': wrongType,
  'invalid-value': invalidValue,
  'unknown-type': unknownType,
};
