import type { Context } from '../../batch/context';
import { bundledModels } from '../../batch/cost/models';

/** What tests judge by, unless they say otherwise: a day on which the facts about models are known. */
export function context(overrides: Partial<Context> = {}): Context {
  return {
    apiVersion: '2023-06-01',
    betas: [],
    models: bundledModels,
    now: Date.UTC(2026, 10, 20, 21, 4),
    severities: {},
    ...overrides,
  };
}

/** A request line that nothing is wrong with. */
export function requestLine(customId: string, content = 'Hello'): string {
  return JSON.stringify({
    custom_id: customId,
    params: { model: 'claude-haiku-4-5', max_tokens: 64, messages: [{ role: 'user', content }] },
  });
}
