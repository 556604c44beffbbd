import { fix, replace } from '../edit';
import { SMALL_MAX_TOKENS } from '../limits';
import { count } from '../wording';
import { modelOf } from './read';
import type { LineRule } from './rule';

const PATH = ['params', 'max_tokens'];

/** Room for a few words, on a model that thinks before it says any. */
export const smallMaxTokens: LineRule = {
  id: 'small-max-tokens',
  severity: 'warning',
  refusedAt: 'never',
  title: 'max_tokens too small for a model that thinks',
  docs: `Thinking counts towards \`max_tokens\`. On a model that always thinks, a small limit may be used up before the answer
begins: the row has succeeded, is billed, and holds no text.

Source: batch results captured on 2026-09-02 (\`max_tokens: 5\`, no text); the threshold is ours, in \`schemas/limits.json\`.`,
  examples: {
    bad: '{"custom_id":"a","params":{"model":"claude-fable-5-2","max_tokens":5,"messages":[{"role":"user","content":"Yes or no?"}]}}',
    good: '{"custom_id":"a","params":{"model":"claude-fable-5-2","max_tokens":1024,"messages":[{"role":"user","content":"Yes or no?"}]}}',
  },
  check({ params }, context, report) {
    const model = modelOf(params, context);
    const asked = params.max_tokens;
    if (model?.thinking?.default !== 'always' || typeof asked !== 'number' || asked < 1 || asked >= SMALL_MAX_TOKENS)
      return;
    report(
      PATH,
      `${params.model} always thinks, and ${count(asked)} tokens may be used up before its answer begins; allow ${count(SMALL_MAX_TOKENS)} or more.`,
      fix(`Set max_tokens to ${count(ROOMY)}`, replace(PATH, ROOMY)),
    );
  },
};

/** A round number well above the threshold: unused tokens cost nothing. */
const ROOMY = 4 * SMALL_MAX_TOKENS;
