import { fix, remove } from '../edit';
import { modelOf } from './read';
import { isGiven, isRefused } from './read-sampling';
import { isOlderVersion } from './read-version';
import type { LineRule } from './rule';

/** `temperature` beside `top_p` on a model that takes one of the two. */
export const temperatureAndTopP: LineRule = {
  id: 'temperature-and-top-p',
  severity: 'error',
  refusedAt: 'row',
  title: 'temperature and top_p together',
  docs: `Since the 4.5 generation (and on Claude Opus 4.1) a model takes \`temperature\` or \`top_p\`, not both:

> \`temperature\` and \`top_p\` cannot both be specified for this model. Please use only one.

Source: platform.claude.com/docs/en/about-claude/models/migration-guide (2026-10-10).`,
  check({ params }, context, report) {
    const model = modelOf(params, context);
    const { temperature, top_p } = params;
    if (!isOlderVersion(context) || !model || model.temperature_with_top_p) return;
    if (!isGiven('temperature', temperature) || !isGiven('top_p', top_p)) return;
    if (isRefused(model.sampling, 'temperature', temperature) || isRefused(model.sampling, 'top_p', top_p)) return;
    report(
      { at: 'key', path: ['params', 'top_p'] },
      `${params.model} takes temperature or top_p, not both; remove one.`,
      fix('Remove top_p', remove(['params', 'top_p'])),
      fix('Remove temperature', remove(['params', 'temperature'])),
    );
  },
};
