import betas from '../../schemas/betas.json';
import { atKey, atValue, type Path, type Place } from '../finding';
import { isArray, isObject, type Json, type JsonObject } from '../json';
import { shown } from './read';
import type { LineRule } from './rule';

/** One row of `schemas/betas.json`: a place in `params` that only a beta header opens. */
interface BetaField {
  /** Steps below `params`, parted by `/`; `*` is every element. */
  readonly at: string;
  /** Only blocks or tools of these types. */
  readonly types?: readonly string[];
  /** Only these values. */
  readonly values?: readonly string[];
  /** Any one of them will do; the first is the one to choose. */
  readonly betas: readonly string[];
}

const FIELDS = (betas.fields as readonly BetaField[]).map((field) => ({ ...field, steps: field.at.split('/') }));

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
      const found = firstMatch(params, ['params'], field.steps, field);
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

function firstMatch(
  value: Json | undefined,
  path: Path,
  steps: readonly string[],
  field: BetaField,
): Match | undefined {
  const [step, ...rest] = steps;
  if (step === undefined) return match(value, path, field);
  if (step !== '*') return isObject(value) ? firstMatch(own(value, step), [...path, step], rest, field) : undefined;
  for (const [index, item] of isArray(value) ? value.entries() : []) {
    const found = firstMatch(item, [...path, index], rest, field);
    if (found) return found;
  }
  return undefined;
}

function match(value: Json | undefined, path: Path, { types, values }: BetaField): Match | undefined {
  if (value === undefined || value === null) return undefined;
  const [told, at] = types ? [isObject(value) ? value.type : undefined, [...path, 'type']] : [value, path];
  const listed = types ?? values;
  if (!listed) return { place: atKey(...path), name: String(path.at(-1)) };
  return typeof told === 'string' && listed.includes(told) ? { place: atValue(...at), name: shown(told) } : undefined;
}

function own(value: JsonObject, key: string): Json | undefined {
  return Object.hasOwn(value, key) ? value[key] : undefined;
}
