import { fix, replace } from '../edit';
import { isObject } from '../json';
import { messages, modelOf } from './read';
import { effort, thinkingMode } from './read-thinking';
import type { LineRule } from './rule';

const PATH = ['params', 'output_config', 'effort'];

/** An effort that a model only takes while it thinks. */
export const effortWithoutThinking: LineRule = {
  id: 'effort-without-thinking',
  severity: 'error',
  refusedAt: 'row',
  title: 'High effort with thinking switched off',
  docs: `Claude Opus 5 and Haiku 5.5 take \`thinking: {"type": "disabled"}\` only up to effort "high", and so does Claude
Sonnet 5.5 with "between_tools":

> output_config.effort 'xhigh' is not supported when thinking is disabled on this model. Use effort 'high' or below, or
> enable thinking.

On Haiku 5.5 and Sonnet 5.5 the effort then cannot change in the middle of a conversation either.

Source: platform.claude.com/docs/en/build-with-claude/thinking-troubleshooting (2026-10-10); \`schemas/models.json\`.`,
  examples: {
    bad: '{"custom_id":"a","params":{"model":"claude-haiku-5-5","max_tokens":64,"thinking":{"type":"disabled"},"output_config":{"effort":"max"},"messages":[{"role":"user","content":"Hi"}]}}',
    good: '{"custom_id":"a","params":{"model":"claude-haiku-5-5","max_tokens":64,"thinking":{"type":"disabled"},"output_config":{"effort":"high"},"messages":[{"role":"user","content":"Hi"}]}}',
  },
  check({ params }, context, report) {
    const model = modelOf(params, context);
    const most = model?.thinking?.disabled_max_effort;
    if (!model?.effort || !most || !['disabled', 'between_tools'].includes(thinkingMode(params) ?? '')) return;
    const level = effort(params) ?? model.effort_default ?? most;
    const think = fix('Use "adaptive" Thinking', replace(['params', 'thinking'], { type: 'adaptive' }));
    if (model.effort.indexOf(level) > model.effort.indexOf(most)) {
      report(
        PATH,
        `Without thinking, ${params.model} takes effort "${most}" or below, and this is "${level}"; lower it, or switch thinking on.`,
        fix(`Set effort to "${most}"`, replace(PATH, most)),
        think,
      );
      return;
    }
    if (!model.thinking?.disabled_fixes_effort) return;
    for (const [message, path] of messages(params)) {
      const own = isObject(message.output_config) ? message.output_config.effort : undefined;
      const at = [...path, 'output_config', 'effort'];
      if (typeof own === 'string' && own !== level)
        report(
          at,
          `Without thinking, ${params.model} keeps its effort, which is "${level}" here; use that one.`,
          fix(`Set effort to "${level}"`, replace(at, level)),
          think,
        );
    }
  },
};
