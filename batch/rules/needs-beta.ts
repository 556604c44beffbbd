import betas from '../../schemas/betas.json';
import { atKey, atValue, type Place } from '../finding';
import { isArray, isObject, type Json, type JsonObject, valueAt } from '../json';
import { shown } from './read';
import type { LineRule } from './rule';

/** One row of `schemas/betas.json`: a place in `params` that only a beta header opens. */
interface BetaField {
  /** Steps below `params`, parted by `/`; `*` is every element. */
  readonly at: string;
  readonly steps: readonly string[];
  /** Only blocks or tools of these types. */
  readonly types?: readonly string[];
  /** Only these values. */
  readonly values?: readonly string[];
  /** Any one of them will do; the first is the one to choose. */
  readonly betas: readonly string[];
}

const FIELDS = (betas.fields as readonly Omit<BetaField, 'steps'>[]).map(
  (field): BetaField => ({ ...field, steps: field.at.split('/') }),
);

/** Fields that the API knows only under a beta header, which the file cannot show. */
export const needsBeta: LineRule = {
  id: 'needs-beta',
  severity: 'information',
  refusedAt: 'row',
  title: 'Field that needs a beta header',
  docs: `The API knows this field, tool or block only where the batch is created with the \`anthropic-beta\` header named in the
message. The header belongs to the batch, not to a line: declare it in \`message-batches.json\` (\`betas\`), and it is sent at
submission. It is said once per file.

Without the header the API answers in the row: \`mcp_servers: Extra inputs are not permitted\`.

Source: beta headers guide; anthropics/anthropic-sdk-python#1118. The list, with its sources, is \`schemas/betas.json\`.`,
  examples: {
    bad: '{"custom_id":"a","params":{"model":"claude-haiku-5-5","max_tokens":64,"mcp_servers":[{"type":"url","url":"https://example.com/mcp","name":"m"}],"messages":[{"role":"user","content":"Hi"}]}}',
    good: '{"custom_id":"a","params":{"model":"claude-haiku-5-5","max_tokens":64,"messages":[{"role":"user","content":"Hi"}]}}',
  },
  oncePerFile: true,
  check({ params }, context, report) {
    for (const field of FIELDS) {
      const [beta] = field.betas;
      if (beta === undefined || field.betas.some((name) => context.betas.includes(name))) continue;
      const found = firstMatch(params, field);
      if (!found) continue;
      report(
        found.place,
        `${found.name} needs the beta header ${beta}, which is not declared; add it to betas in message-batches.json.`,
        {
          title: `Use Beta ${beta} in This Workspace`,
          edits: [],
          settings: { addBeta: beta },
        },
      );
    }
  },
};

interface Match {
  readonly place: Place;
  readonly name: string;
}

/** Most requests have nothing at the first step, so a path is only made where something is found. */
function firstMatch(params: JsonObject, field: BetaField): Match | undefined {
  const found = stepsTo(params, 0, field);
  const path = found && ['params', ...found];
  if (!path) return undefined;
  if (field.types) {
    const told = valueAt(params, [...found, 'type']);
    return { place: atValue(...path, 'type'), name: shown(told) };
  }
  return field.values
    ? { place: atValue(...path), name: shown(valueAt(params, found)) }
    : { place: atKey(...path), name: String(path.at(-1)) };
}

/** The steps from `value` to the first place that the field is about. */
function stepsTo(value: Json | undefined, depth: number, field: BetaField): (string | number)[] | undefined {
  const step = field.steps[depth];
  if (step === undefined) return isMeant(value, field) ? [] : undefined;
  if (step !== '*') {
    const rest = isObject(value) && Object.hasOwn(value, step) ? stepsTo(value[step], depth + 1, field) : undefined;
    return rest && [step, ...rest];
  }
  if (!isArray(value)) return undefined;
  for (let index = 0; index < value.length; index++) {
    const rest = stepsTo(value[index], depth + 1, field);
    if (rest) return [index, ...rest];
  }
  return undefined;
}

function isMeant(value: Json | undefined, { types, values }: BetaField): boolean {
  if (value === undefined || value === null) return false;
  const told = types ? (isObject(value) ? value.type : undefined) : value;
  const listed = types ?? values;
  return !listed || (typeof told === 'string' && listed.includes(told));
}
