import facts from '../../schemas/structured-outputs.json';
import { fix, remove } from '../edit';
import { atKey } from '../finding';
import { isArray, isObject, type Json, type JsonObject } from '../json';
import type { Found } from './read';
import { parameters, strictSubschemas, strictTools } from './read-strict-schemas';
import type { LineRule } from './rule';

const { strict_tools: tools, optional_parameters: optional, union_parameters: unions } = facts.limits;

/** Strict schemas that together are more than the API compiles. */
export const strictLimits: LineRule = {
  id: 'strict-limits',
  severity: 'error',
  refusedAt: 'row',
  title: 'Structured outputs beyond the limits',
  docs: `A request holds at most 20 strict tools. Over all its strict schemas, at most 24 parameters are optional (not in
\`required\`), and at most 16 are unions (\`anyOf\`, or several types).

> Too many strict tools (22). The maximum number of strict tools supported is 20.

> Schemas contains too many optional parameters (87), which would make grammar compilation inefficient. Reduce the number
> of optional parameters in your tool schemas (limit: 24).

Keep \`strict\` for the tools that need it, and make parameters required. Within these limits a schema can still be "too
complex for compilation", which only the API knows.

Source: platform.claude.com/docs/en/build-with-claude/structured-outputs, Schema complexity limits (2026-10-10).`,
  check({ params }, _context, report) {
    const strict = strictTools(params);
    const toolOver = strict[tools.value];
    if (toolOver)
      report(
        [...toolOver[1], 'strict'],
        `A request takes ${tools.value} strict tools, and this has ${strict.length}; make some of them not strict.`,
        fix(
          `Keep the First ${tools.value} Strict`,
          ...strict.slice(tools.value).map(([, path]) => remove([...path, 'strict'])),
        ),
      );
    const schemas = strictSubschemas(params);
    if (countParameters(schemas) <= unions.value) return;
    const left = schemas.flatMap(optionalParameters);
    const leftOver = left[optional.value];
    if (leftOver)
      report(
        atKey(...leftOver[1]),
        `Strict schemas may have ${optional.value} optional parameters together, and these have ${left.length}; list more of them in required.`,
      );
    const several = schemas.flatMap(parameters).filter(([parameter]) => isUnion(parameter));
    const unionOver = several[unions.value];
    if (unionOver)
      report(
        atKey(...unionOver[1]),
        `Strict schemas may have ${unions.value} parameters with several types together, and these have ${several.length}; give more of them a single type.`,
      );
  },
};

/** Fewer than the smaller limit need no closer look. */
function countParameters(schemas: readonly Found[]): number {
  return schemas.reduce(
    (sum, [{ properties }]) => sum + (isObject(properties) ? Object.keys(properties).length : 0),
    0,
  );
}

function optionalParameters(schema: Found): Found<Json | undefined>[] {
  const required = new Set(isArray(schema[0].required) ? schema[0].required : []);
  return parameters(schema).filter(([, path]) => !required.has(path.at(-1) ?? ''));
}

function isUnion(parameter: Json | undefined): parameter is JsonObject {
  return isObject(parameter) && (isArray(parameter.anyOf) || (isArray(parameter.type) && parameter.type.length > 1));
}
