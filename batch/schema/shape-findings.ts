import { type Finding, jsonPointer } from '../finding';
import type { Json } from '../json';
import { invalidValue } from '../rules/invalid-value';
import { missingField } from '../rules/missing-field';
import type { RuleInfo } from '../rules/rule';
import { unknownField } from '../rules/unknown-field';
import { unknownType } from '../rules/unknown-type';
import { wrongType } from '../rules/wrong-type';
import type { Advice } from './advice';
import { explain, type ShapeFault, type UnknownField } from './explain';
import { adviseInvalidValue } from './invalid-value';
import { adviseMissingField } from './missing-field';
import { adviseUnknownField } from './unknown-field';
import { adviseUnknownType } from './unknown-type';
import { isValidShape } from './validate';
import { adviseWrongType } from './wrong-type';

/** What the schema says of a whole line `{custom_id, params}`: empty when it is valid. */
export function shapeFindings(line: Json): Finding[] {
  return isValidShape(line) ? [] : findings(explain(line));
}

/** A field that is missing because it is misspelt is one mistake, told where it is misspelt. */
function findings(faults: readonly ShapeFault[]): Finding[] {
  const meant = new Set(faults.filter((fault) => fault.kind === 'unknown-field').map(meantPlace));
  const own = faults.filter((fault) => fault.kind !== 'missing-field' || !meant.has(jsonPointer([...fault.path, fault.name])));
  return own.flatMap(finding);
}

function meantPlace(fault: UnknownField): string | undefined {
  const meant = adviseUnknownField(fault)?.meant;
  return meant === undefined ? undefined : jsonPointer([...fault.path.slice(0, -1), meant]);
}

function finding(fault: ShapeFault): Finding[] {
  const advice = advise(fault);
  const { id: rule, severity } = RULES[fault.kind];
  return advice ? [{ rule, severity, message: advice.message, place: advice.place, fixes: advice.fixes }] : [];
}

function advise(fault: ShapeFault): Advice | undefined {
  switch (fault.kind) {
    case 'unknown-field':
      return adviseUnknownField(fault);
    case 'missing-field':
      return adviseMissingField(fault);
    case 'wrong-type':
      return adviseWrongType(fault);
    case 'invalid-value':
      return adviseInvalidValue(fault);
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
