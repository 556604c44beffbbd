import type { Path } from '../finding';
import { isArray, isObject, type Json, valueAt } from '../json';
import { branchOf, fitsType, isUnion, LINE, resolve, type Schema, type Union } from './schema';

/** One thing that a place of a line may be. */
export interface Candidate {
  readonly schema: Schema;
  /** The property may not be left out. */
  readonly required: boolean;
  /** Where the place is a tag: what the documentation says of the kind of object that this tag selects. */
  readonly kind?: string;
}

/** What may stand at `path` of the line `value`; more than one where a union on the way there is undecided. */
export function schemasAt(path: Path, value: Json | undefined): readonly Candidate[] {
  return path.reduce<readonly Candidate[]>(
    (found, step, depth) => found.flatMap(({ schema }) => inside(schema, step, valueAt(value, path.slice(0, depth)))),
    [{ schema: LINE, required: true }],
  );
}

/** The schemas without choices that a schema stands for, as far as the value does not decide between them. */
export function alternativesOf(schema: Schema, value: Json | undefined): readonly Schema[] {
  const resolved = resolve(schema);
  if (isUnion(resolved)) return branchesFor(resolved, value);
  if (!resolved.anyOf) return [resolved];
  const decided = isObject(value) || isArray(value);
  const fitting = decided ? resolved.anyOf.filter((branch) => fitsType(value, branch)) : resolved.anyOf;
  return fitting.flatMap((branch) => alternativesOf(branch, value));
}

/** What `step` leads to. A tag is looked up in every branch: it is what one is about to choose. */
function inside(schema: Schema, step: string | number, value: Json | undefined): Candidate[] {
  const resolved = resolve(schema);
  if (resolved.anyOf) return resolved.anyOf.flatMap((branch) => inside(branch, step, value));
  if (!isUnion(resolved)) return typeof step === 'number' ? item(resolved) : property(resolved, step);
  if (step !== resolved.discriminator.propertyName) {
    return branchesFor(resolved, value).flatMap((branch) => inside(branch, step, value));
  }
  return resolved.oneOf
    .map(resolve)
    .flatMap((branch) => property(branch, step).map((tag) => ({ ...tag, kind: branch.description })));
}

/** The branch that the value's tag selects, all of them while that is undecided. */
function branchesFor(union: Union, value: Json | undefined): readonly Schema[] {
  const hasTag = isObject(value) && Object.hasOwn(value, union.discriminator.propertyName);
  const chosen = hasTag ? branchOf(union, value) : undefined;
  return chosen ? [chosen] : union.oneOf.map(resolve);
}

function item({ items }: Schema): Candidate[] {
  return items ? [{ schema: items, required: true }] : [];
}

function property({ properties = {}, required = [], additionalProperties: others }: Schema, name: string): Candidate[] {
  const own = Object.hasOwn(properties, name) ? properties[name] : undefined;
  const schema = own ?? (typeof others === 'object' ? others : undefined);
  return schema ? [{ schema, required: required.includes(name) }] : [];
}
