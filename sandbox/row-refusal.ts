import type { LineAnalysis } from '../batch/analysis';
import type { Context } from '../batch/context';
import type { Finding } from '../batch/finding';
import type { JsonObject } from '../batch/json';

/** What the API looks up rather than reads. */
const MODEL_RULES = new Set(['unknown-model', 'retired-model', 'deprecated-model']);

/** The error that a request ends with when it is judged while its batch runs; null for one that is answered. */
export function rowRefusal(
  params: JsonObject,
  analysis: LineAnalysis,
  context: Context,
): { type: string; message: string } | null {
  const finding = analysis.findings.find(({ severity, rule }) => severity === 'error' && !MODEL_RULES.has(rule));
  if (finding) return { type: 'invalid_request_error', message: apiText(finding) };
  const model = typeof params.model === 'string' ? context.models.find(params.model) : undefined;
  return model && model.status !== 'retired'
    ? null
    : { type: 'not_found_error', message: `model: ${String(params.model)}` };
}

/** In the API's style: the place inside `params`, then what is wrong with it. */
function apiText({ place, message }: Finding): string {
  if (place.at === 'text') return message;
  const path = place.path.slice(place.path[0] === 'params' ? 1 : 0).join('.');
  return path === '' ? message : `${path}: ${message}`;
}
