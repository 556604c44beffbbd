import { type Finding, jsonPointer } from '../finding';
import type { Json, JsonObject } from '../json';
import { invalidValue } from '../rules/invalid-value';
import { missingField } from '../rules/missing-field';
import type { RuleInfo } from '../rules/rule';
import { unknownField } from '../rules/unknown-field';
import { unknownType } from '../rules/unknown-type';
import { wrongType } from '../rules/wrong-type';
import type { Advice } from './advice';
import { explain, type MissingField, type ShapeFault } from './explain';
import { adviseInvalidValue } from './invalid-value';
import { adviseMissingField, adviseStranger } from './missing-field';
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
  const strangers = strangersAmong(advised);
  const meant = new Set<string | undefined>(
    advised.flatMap(({ fault, advice }) => (advice?.meant ? [placeBeside(fault, advice.meant)] : [])),
  );
  return advised.flatMap(({ fault, advice }) => {
    if (!advice || meant.has(placeWithout(fault))) return [];
    const owner = 'owner' in fault ? fault.owner : undefined;
    const stranger = owner && strangers.get(owner);
    if (stranger && stranger !== fault) return [];
    const { id: rule, severity } = RULES[fault.kind];
    const { message, place, fixes } = stranger ? adviseStranger(stranger) : advice;
    return [{ rule, severity, message, place, fixes }];
  });
}

interface Advised {
  readonly fault: ShapeFault;
  readonly advice: Advice | undefined;
}

/**
 * Objects that have something to say and no field of what should stand there, each with the fault that is told of it: a
 * message among the blocks of the system prompt is one mistake.
 */
function strangersAmong(advised: readonly Advised[]): ReadonlyMap<JsonObject, MissingField> {
  const strange = new Map<JsonObject, number>();
  for (const { fault, advice } of advised)
    if (fault.kind === 'unknown-field' && !advice?.meant) strange.set(fault.owner, (strange.get(fault.owner) ?? 0) + 1);
  const strangers = new Map<JsonObject, MissingField>();
  for (const { fault } of advised) {
    if (fault.kind !== 'missing-field' || strangers.has(fault.owner)) continue;
    if (strange.get(fault.owner) === Object.keys(fault.owner).length) strangers.set(fault.owner, fault);
  }
  return strangers;
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
