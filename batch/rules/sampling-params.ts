import type { Context } from '../context';
import { type Fix, fix, remove, replace } from '../edit';
import { atKey } from '../finding';
import type { JsonObject } from '../json';
import { modelOf } from './read';
import { inWords, isRefused, rangeTaken, SAMPLING_PARAMS, type SamplingParam } from './read-sampling';
import { isOlderVersion, OLDER_VERSION, USE_OLDER_VERSION } from './read-version';
import type { LineRule } from './rule';

/** `temperature`, `top_p` and `top_k` where the API version or the model does not take them, or not this value. */
export const samplingParams: LineRule = {
  id: 'sampling-params',
  severity: 'error',
  refusedAt: 'row',
  title: 'Sampling parameters that are not taken',
  docs: `API version 2026-10-21 knows neither \`temperature\` nor \`top_p\` nor \`top_k\`, even at their defaults, and answers
\`temperature: Extra inputs are not permitted\`. Under 2023-06-01 it depends on the model: those after Claude Opus 4.6 take
only what counts as the default (\`temperature\` 1, \`top_p\` from 0.99, no \`top_k\`) and answer:

> \`temperature\` is deprecated for this model.

Earlier models take \`temperature\` and \`top_p\` from 0 to 1:

> temperature: range: 0..1

The version is a setting of the workspace and goes out as a header: where the file is right, switch the version instead.

Source: platform.claude.com/docs/en/api/migration-2026-10-21 and the API reference, Messages create (2026-10-10).`,
  examples: {
    bad: '{"custom_id":"a","params":{"model":"claude-sonnet-5","max_tokens":64,"temperature":0,"messages":[{"role":"user","content":"Hi"}]}}',
    good: '{"custom_id":"a","params":{"model":"claude-sonnet-5","max_tokens":64,"messages":[{"role":"user","content":"Hi"}]}}',
  },
  check({ params }, context, report) {
    for (const name of SAMPLING_PARAMS) {
      const value = params[name];
      if (value === undefined || value === null) continue;
      const refusal = refusalOf(name, params, context);
      const removal = fix(`Remove ${name}`, remove(['params', name]));
      if (isOlderVersion(context)) {
        if (refusal) report(['params', name], refusal, ...intoRange(name, params, context), removal);
        continue;
      }
      const instead = refusal ? 'remove it' : `remove it, or use API version ${OLDER_VERSION}`;
      const message = `API version ${context.apiVersion} takes no ${name}, whatever its value; ${instead}.`;
      report(atKey('params', name), message, ...(refusal ? [] : [USE_OLDER_VERSION]), removal);
    }
  },
};

/** What is said to a value under version 2023-06-01; undefined where it is taken. */
function refusalOf(name: SamplingParam, params: JsonObject, context: Context): string | undefined {
  const model = modelOf(params, context);
  const kind = model?.sampling ?? 'free';
  const value = params[name];
  if (!isRefused(kind, name, value)) return undefined;
  const taken = rangeTaken(kind, name);
  if (kind === 'free' && taken) return `${name} is ${value}, and must be ${inWords(taken)}.`;
  return taken
    ? `${params.model} takes ${name} only ${inWords(taken)}, and this is ${value}; remove it.`
    : `${params.model} takes no ${name}; remove it.`;
}

/** The nearest value, where there is a range to choose from. */
function intoRange(name: SamplingParam, params: JsonObject, context: Context): Fix[] {
  const kind = modelOf(params, context)?.sampling ?? 'free';
  const taken = rangeTaken(kind, name);
  const value = params[name];
  if (kind !== 'free' || !taken || typeof value !== 'number') return [];
  const nearest = Math.max(taken.min, Math.min(value, taken.max ?? value));
  return [fix(`Set ${name} to ${nearest}`, replace(['params', name], nearest))];
}
