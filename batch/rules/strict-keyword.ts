import facts from '../../schemas/structured-outputs.json';
import { type Fix, fix, preferredFix, remove, rename, replace } from '../edit';
import { atKey, type Path } from '../finding';
import { isArray, isObject, type JsonObject } from '../json';
import { shown } from './read';
import { strictSubschemas, typesOf } from './read-strict-schemas';
import type { LineRule, Report } from './rule';

/** Keywords of JSON Schema that structured outputs do not support. */
export const strictKeyword: LineRule = {
  id: 'strict-keyword',
  severity: 'error',
  refusedAt: 'row',
  title: 'Structured output with an unsupported keyword',
  docs: `Structured outputs and strict tools know a part of JSON Schema: no numeric bounds, no string lengths, no array
lengths but \`minItems\` 0 or 1, no \`oneOf\` (use \`anyOf\`), ten string formats, and simple patterns without lookarounds,
backreferences and word boundaries. Say the rest in the \`description\`, and check the answer.

> output_config.format.schema: For 'array' type, property 'maxItems' is not supported

Source: platform.claude.com/docs/en/build-with-claude/structured-outputs, JSON Schema limitations (2026-10-10); the lists
are in \`schemas/structured-outputs.json\`.`,
  examples: {
    bad: '{"custom_id":"a","params":{"model":"claude-haiku-5-5","max_tokens":64,"output_config":{"format":{"type":"json_schema","schema":{"type":"integer","minimum":1}}},"messages":[{"role":"user","content":"Hi"}]}}',
    good: '{"custom_id":"a","params":{"model":"claude-haiku-5-5","max_tokens":64,"output_config":{"format":{"type":"json_schema","schema":{"type":"integer","description":"At least 1"}}},"messages":[{"role":"user","content":"Hi"}]}}',
  },
  check({ params }, _context, report) {
    for (const [schema, path] of strictSubschemas(params)) {
      for (const keyword of Object.keys(schema)) {
        if (UNSUPPORTED.has(keyword) && !isBranch(keyword, schema))
          report(atKey(...path, keyword), unsupported(keyword), ...instead(schema, path, keyword));
      }
      judgeValues(schema, path, report);
    }
  },
};

const UNSUPPORTED: ReadonlySet<string> = new Set(Object.values(facts.unsupported_keywords).flat());
const UNSUPPORTED_PATTERNS = facts.unsupported_patterns.map(({ what, pattern }) => ({
  what,
  regex: new RegExp(pattern),
}));
const MOST_MIN_ITEMS = facts.limits.min_items.value;

/** `then` and `else` go with their `if`. */
function isBranch(keyword: string, schema: JsonObject): boolean {
  return (keyword === 'then' || keyword === 'else') && schema.if !== undefined;
}

function unsupported(keyword: string): string {
  const instead = keyword === 'oneOf' ? 'use anyOf' : 'say it in the description';
  return `Structured outputs do not support ${keyword}; ${instead}.`;
}

function instead(schema: JsonObject, path: Path, keyword: string): Fix[] {
  const place = [...path, keyword];
  const removal = fix(`Remove ${keyword}`, remove(place));
  return keyword === 'oneOf' && schema.anyOf === undefined
    ? [preferredFix('Rename to anyOf', rename(place, 'anyOf')), removal]
    : [removal];
}

/** Keywords that are supported with some values. */
function judgeValues(schema: JsonObject, path: Path, report: Report): void {
  const { minItems, format, pattern, allOf } = schema;
  const removal = (keyword: string) => fix(`Remove ${keyword}`, remove([...path, keyword]));
  if (typeof minItems === 'number' && (minItems < 0 || minItems > MOST_MIN_ITEMS))
    report(
      [...path, 'minItems'],
      `Structured outputs support minItems 0 and ${MOST_MIN_ITEMS}, and this is ${minItems}.`,
      fix(`Set minItems to ${MOST_MIN_ITEMS}`, replace([...path, 'minItems'], MOST_MIN_ITEMS)),
      removal('minItems'),
    );
  if (typeof format === 'string' && typesOf(schema).includes('string') && !facts.string_formats.includes(format))
    report(
      [...path, 'format'],
      `Structured outputs do not know the format ${shown(format)}; they know ${facts.string_formats.join(', ')}.`,
      removal('format'),
    );
  const flaw = typeof pattern === 'string' ? UNSUPPORTED_PATTERNS.find(({ regex }) => regex.test(pattern)) : undefined;
  if (flaw)
    report(
      [...path, 'pattern'],
      `Structured outputs do not support ${flaw.what} in a pattern; simplify it, or say it in the description.`,
      removal('pattern'),
    );
  if (isArray(allOf) && allOf.some((one) => isObject(one) && one.$ref !== undefined))
    report(atKey(...path, 'allOf'), 'Structured outputs do not support $ref inside allOf; write the definition out.');
}
