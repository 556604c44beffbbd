import type { Context } from '../context';
import { fix, preferredFix, remove } from '../edit';
import type { JsonObject } from '../json';
import { modelOf } from './read';
import { inWords, isRefused, rangeTaken, SAMPLING_PARAMS, type SamplingParam } from './read-sampling';
import { isOlderVersion, OLDER_VERSION, USE_OLDER_VERSION } from './read-version';
import type { LineRule } from './rule';

/** `temperature`, `top_p` and `top_k` where the API version or the model does not take them. */
export const samplingParams: LineRule = {
  id: 'sampling-params',
  severity: 'error',
  refusedAt: 'row',
  title: 'Sampling parameters that are not taken',
  docs: `API version 2026-10-21 knows neither \`temperature\` nor \`top_p\` nor \`top_k\`, even at their defaults, and answers
\`temperature: Extra inputs are not permitted\`. Under 2023-06-01 it depends on the model: those after Claude Opus 4.6 take
only what counts as the default (\`temperature\` 1, \`top_p\` from 0.99, no \`top_k\`) and answer:

> \`temperature\` is deprecated for this model.

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
      const byModel = refusalOfModel(name, params, context);
      const removal = remove(['params', name]);
      if (!isOlderVersion(context)) {
        const fixes = byModel ? [] : [USE_OLDER_VERSION];
        report(
          { at: 'key', path: ['params', name] },
          `API version ${context.apiVersion} takes no ${name}, whatever its value; remove it${byModel ? '' : `, or use API version ${OLDER_VERSION}`}.`,
          ...fixes,
          fix(`Remove ${name}`, removal),
        );
      } else if (byModel) report(['params', name], byModel, preferredFix(`Remove ${name}`, removal));
    }
  },
};

/** What the model says to a value that version 2023-06-01 would hand on to it; undefined where it takes it or is unknown. */
function refusalOfModel(name: SamplingParam, params: JsonObject, context: Context): string | undefined {
  const model = modelOf(params, context);
  const value = params[name];
  if (!model || !isRefused(model.sampling, name, value)) return undefined;
  const taken = rangeTaken(model.sampling, name);
  return taken
    ? `${model.id} takes ${name} only ${inWords(taken)}, and this is ${value}; remove it.`
    : `${model.id} takes no ${name}; remove it.`;
}
