import type { LineAnalysis } from '../batch/analysis';
import type { Context } from '../batch/context';
import type { Finding } from '../batch/finding';
import type { JsonObject } from '../batch/json';

export interface RowRefusal {
  readonly type: 'invalid_request_error' | 'not_found_error';
  readonly message: string;
}

const REQUIRED = ['messages', 'model', 'max_tokens'];

/** What the API looks up, where everything else it reads. */
const MODEL_RULES = new Set(['unknown-model', 'retired-model', 'deprecated-model']);

const EXTRA = 'Extra inputs are not permitted';

/**
 * The error that a request ends with when it is judged while its batch runs; null for one that is answered. The checker's
 * own engine decides, under the version and betas that the batch was created with; the words are the API's where they
 * have been captured.
 */
export function rowRefusal(params: JsonObject, analysis: LineAnalysis, context: Context): RowRefusal | null {
  const missing = REQUIRED.find((name) => params[name] === undefined);
  if (missing) return { type: 'invalid_request_error', message: `${missing}: Field required` };
  const finding = analysis.findings.find(({ severity, rule }) => severity === 'error' && !MODEL_RULES.has(rule));
  if (finding) return { type: 'invalid_request_error', message: apiText(finding, params, context) };
  const model = context.models.find(String(params.model));
  return model && model.status !== 'retired' ? null : { type: 'not_found_error', message: `model: ${params.model}` };
}

function apiText({ rule, place, message }: Finding, params: JsonObject, context: Context): string {
  const path = place.at === 'text' ? '' : place.path.slice(place.path[0] === 'params' ? 1 : 0).join('.');
  switch (rule) {
    case 'unknown-field':
      return `${path}: ${EXTRA}`;
    case 'unsupported-param':
      return path === 'stream' ? '"stream=True" is not supported in the Message Batches API' : `${path}: ${EXTRA}`;
    case 'sampling-params':
      return context.apiVersion === '2023-06-01' ? `\`${path}\` is deprecated for this model.` : `${path}: ${EXTRA}`;
    case 'max-tokens':
      return `max_tokens: ${maxTokensText(params, context)}`;
    default:
      return path === '' ? message : `${path}: ${message}`;
  }
}

function maxTokensText({ max_tokens, model }: JsonObject, context: Context): string {
  const known = context.models.find(String(model));
  if (Number(max_tokens) < 1 || !known) return 'must be greater than or equal to 1';
  return `${max_tokens} > ${known.max_output_tokens}, which is the maximum allowed number of output tokens for ${known.id}`;
}
