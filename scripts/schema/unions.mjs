import { walkSchemas } from './walk.mjs';

const TAGS = ['type', 'role'];

/**
 * Rewrites every `anyOf` so that one look decides its branch. Objects told apart by a constant `type` or `role` become
 * `oneOf` with `discriminator` (and `x-default-branch` where the tag may be left out), a text beside a list of known texts
 * becomes a text with `examples`; what remains are branches of different JSON types. Throws where two are left of one type.
 */
export function discriminateUnions(definitions) {
  const resolve = (schema) => (schema.$ref ? resolve(definitions[schema.$ref.slice('#/definitions/'.length)]) : schema);
  walkSchemas(definitions, (schema) => {
    if (schema.anyOf) replace(schema, narrowed(schema.anyOf, resolve));
  });
}

function narrowed(branches, resolve) {
  const isObject = (branch) => resolve(branch).type === 'object';
  const objects = branches.filter(isObject);
  const others = mergeTexts(branches.filter((branch) => !isObject(branch)));
  const all = [...(objects.length > 1 ? [tagged(objects, resolve)] : objects), ...others];
  const types = all.flatMap((branch) => typesOf(branch, resolve));
  if (new Set(types).size < types.length) throw new Error(`cannot tell apart: ${JSON.stringify(branches)}`);
  return all.length === 1 ? all[0] : { anyOf: all };
}

function typesOf(schema, resolve) {
  const { type, anyOf, oneOf } = resolve(schema);
  return type ?? [...new Set((anyOf ?? oneOf ?? []).flatMap((branch) => typesOf(branch, resolve)))];
}

/** A union of any text and certain texts accepts any text; the certain ones are what to propose. */
function mergeTexts(branches) {
  const known = branches.find((branch) => branch.type === 'string' && branch.enum);
  const any = branches.find((branch) => branch.type === 'string' && !branch.enum && !branch.const);
  if (!known || !any) return branches;
  return [...branches.filter((branch) => branch !== known && branch !== any), { type: 'string', examples: known.enum }];
}

function tagged(branches, resolve) {
  const tag = TAGS.find((name) => branches.every((branch) => isTag(resolve(branch).properties?.[name])));
  if (!tag) throw new Error(`no common tag: ${JSON.stringify(branches)}`);
  const untagged = branches.find((branch) => !resolve(branch).required.includes(tag));
  const byDefault = untagged && { 'x-default-branch': untagged.$ref };
  return { discriminator: { propertyName: tag }, ...byDefault, oneOf: branches };
}

function isTag(schema) {
  return schema !== undefined && (schema.const !== undefined || schema.enum !== undefined);
}

function replace(schema, { ...by }) {
  delete schema.anyOf;
  Object.assign(schema, by, schema.description && { description: schema.description });
}
