import betas from '../../schemas/betas.json';
import type { Context } from '../context';
import type { Model } from '../cost/models';
import { type Fix, fix, replace } from '../edit';
import { count } from '../wording';
import { modelOf } from './read';
import type { LineRule } from './rule';

const PATH = ['params', 'max_tokens'];
const LONG_OUTPUT = betas.long_output;

/** `max_tokens` between one and what the model can write. */
export const maxTokens: LineRule = {
  id: 'max-tokens',
  severity: 'error',
  refusedAt: 'row',
  title: 'max_tokens out of range',
  docs: `\`max_tokens\` is at least 1 in a batch (alone, the Messages API takes 0, to warm a cache) and at most what the model
can write. Under the beta \`output-300k-2026-03-24\` some models write up to 300,000 tokens, in batches only.

The API answers in the row: \`max_tokens: must be greater than or equal to 1\` or \`max_tokens: 9999999 > 64000, which is
the maximum allowed number of output tokens for claude-haiku-4-5-20251001\`.

Source: batch processing guide (2026-10-08); live capture of 2026-09-02.`,
  examples: {
    bad: '{"custom_id":"a","params":{"model":"claude-haiku-4-5","max_tokens":100000,"messages":[{"role":"user","content":"Hi"}]}}',
    good: '{"custom_id":"a","params":{"model":"claude-haiku-4-5","max_tokens":64000,"messages":[{"role":"user","content":"Hi"}]}}',
  },
  check({ params }, context, report) {
    const asked = params.max_tokens;
    if (typeof asked !== 'number' || !Number.isInteger(asked)) return;
    if (asked < 1)
      report(PATH, `max_tokens is ${asked}, and a batch needs at least 1.`, fix('Set to 1', replace(PATH, 1)));
    const model = modelOf(params, context);
    const limit = model && limitOf(model, context);
    if (!model || limit === undefined || asked <= limit) return;
    report(
      PATH,
      `max_tokens is ${count(asked)}, and ${params.model} writes at most ${count(limit)}.`,
      ...betaFix(model, asked),
      fix(`Set to ${count(limit)}`, replace(PATH, limit)),
    );
  },
};

function limitOf(model: Model, context: Context): number {
  const long = model.takes_300k_output_beta && context.betas.includes(LONG_OUTPUT.beta);
  return long ? LONG_OUTPUT.max_tokens : model.max_output_tokens;
}

/** Where only the header is missing, the file may be right and the settings wrong. */
function betaFix(model: Model, asked: number): Fix[] {
  if (!model.takes_300k_output_beta || asked > LONG_OUTPUT.max_tokens) return [];
  return [
    { title: `Use Beta ${LONG_OUTPUT.beta} in This Workspace`, edits: [], settings: { addBeta: LONG_OUTPUT.beta } },
  ];
}
