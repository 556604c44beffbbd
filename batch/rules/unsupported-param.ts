import unsupported from '../../schemas/unsupported-params.json';
import { type Fix, fix, insert, remove } from '../edit';
import { atKey } from '../finding';
import { isArray, isObject, type Json, type JsonObject } from '../json';
import type { LineRule } from './rule';

/** One row of `schemas/unsupported-params.json`. */
interface Row {
  readonly name: string;
  /** The values that are refused; without it all are. */
  readonly refused?: readonly Json[];
  /** Null counts as left out. */
  readonly nullable?: boolean;
  /** The rest of the sentence that begins with the name. */
  readonly because: string;
}

const UNSUPPORTED: readonly Row[] = unsupported.params;

/** Parameters that are legal elsewhere, in the Messages API or in an SDK's call, and not in a batch. */
export const unsupportedParam: LineRule = {
  id: 'unsupported-param',
  severity: 'error',
  refusedAt: 'row',
  title: 'Parameter that a batch does not take',
  docs: `Some parameters of the Messages API have no meaning in a batch: nothing can be streamed, and nothing is fast. Others
are options of an SDK's call rather than fields of the request: betas, extra headers, timeouts. They belong to the call
that creates the batch, and the API takes them for unknown fields.

The API answers in the row: \`"stream=True" is not supported in the Message Batches API\` or \`extra_body: Extra inputs are
not permitted\`.

Source: batch processing guide, "Supported and unsupported parameters"; live capture of 2026-09-02;
anthropics/anthropic-sdk-python#1118 and #697. The list is \`schemas/unsupported-params.json\`.`,
  examples: {
    bad: '{"custom_id":"a","params":{"model":"claude-haiku-5-5","max_tokens":64,"stream":true,"messages":[{"role":"user","content":"Hi"}]}}',
    good: '{"custom_id":"a","params":{"model":"claude-haiku-5-5","max_tokens":64,"messages":[{"role":"user","content":"Hi"}]}}',
  },
  check({ params }, _context, report) {
    for (const row of UNSUPPORTED) {
      const { name, because } = row;
      if (!refuses(row, params[name])) continue;
      report(
        atKey('params', name),
        `${name} ${because}`,
        ...moves(name, params),
        fix(`Remove "${name}"`, remove(['params', name])),
      );
    }
  },
};

function refuses({ refused, nullable }: Row, value: Json | undefined): boolean {
  if (value === undefined || (nullable && value === null)) return false;
  return refused === undefined || refused.some((one) => one === value);
}

/** What an SDK would have done with it. */
function moves(name: string, params: JsonObject): Fix[] {
  const path = ['params', name];
  const value = params[name];
  if (name === 'extra_body' && isObject(value)) {
    const fields = Object.entries(value).filter(([key]) => !Object.hasOwn(params, key));
    return [
      fix(
        'Move Its Fields into params',
        remove(path),
        ...fields.map(([key, field]) => insert(['params', key], field ?? null)),
      ),
    ];
  }
  const beta = name === 'betas' && isArray(value) && value.length === 1 ? value[0] : undefined;
  if (typeof beta !== 'string') return [];
  return [
    { title: `Move Beta ${beta} to This Workspace's Settings`, edits: [remove(path)], settings: { addBeta: beta } },
  ];
}
