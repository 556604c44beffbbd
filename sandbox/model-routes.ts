import type { Context } from '../batch/context';
import { bundledModels, type Model } from '../batch/cost/models';
import { isObject, type Json, type JsonObject } from '../batch/json';
import { MAX_MESSAGES_BODY_BYTES } from '../batch/limits';
import { analyseLine } from '../batch/lint';
import { pageOf } from './paging';
import { Refusal } from './refusal';
import type { Call, Reply, Route } from './route';
import { rowRefusal } from './row-refusal';

/** The Models API, and counting a prompt's tokens. */
export const modelRoutes: readonly Route[] = [
  { name: 'models', method: 'GET', path: /^\/v1\/models$/, answer: listModels },
  { name: 'model', method: 'GET', path: /^\/v1\/models\/([^/]+)$/, answer: retrieveModel },
  { name: 'count_tokens', method: 'POST', path: /^\/v1\/messages\/count_tokens$/, answer: countTokens },
];

/** The effort levels and thinking types that the Models API speaks of. */
const EFFORTS = ['low', 'medium', 'high', 'xhigh', 'max'];
const THINKING_TYPES = ['adaptive', 'between_tools', 'disabled', 'enabled'];

/** Newest first. */
function listModels({ query }: Call): Reply {
  const infos = bundledModels.models.map(modelInfo).sort((a, b) => (a.created_at < b.created_at ? 1 : -1));
  return { body: { json: pageOf(infos, query) } };
}

function retrieveModel({ id }: Call): Reply {
  const model = bundledModels.find(id);
  if (!model) throw new Refusal(404, `model: ${id}`);
  return { body: { json: modelInfo(model) } };
}

/** A model as the API shows it; of its capabilities, those that the model table knows. */
function modelInfo(model: Model & { readonly released?: string | null }) {
  const retires = model.retired_on ?? model.retires_on;
  return {
    type: 'model',
    id: model.id,
    display_name: model.name,
    created_at: midnight(model.released ?? '1970-01-01'),
    max_input_tokens: model.context_window,
    max_tokens: model.max_output_tokens,
    lifecycle: model.status,
    retires_at: retires === null ? null : midnight(retires),
    capabilities: {
      batch: { supported: true },
      effort: { supported: model.effort !== null, ...supports(EFFORTS, model.effort) },
      thinking: { supported: model.thinking !== null, types: supports(THINKING_TYPES, model.thinking?.accepts) },
    },
  };
}

function supports(all: readonly string[], supported: readonly string[] | null | undefined) {
  return Object.fromEntries(all.map((name) => [name, { supported: supported?.includes(name) ?? false }]));
}

function midnight(date: string): string {
  return `${date}T00:00:00Z`;
}

/** Judges the prompt as a batch would, and counts as the checker estimates. */
async function countTokens({ body, apiVersion, betas }: Call): Promise<Reply> {
  const prompt = await readObject(body);
  if (prompt.max_tokens !== undefined) throw new Refusal(400, 'max_tokens: Extra inputs are not permitted');
  const params = { ...prompt, max_tokens: 1 };
  const context: Context = { apiVersion, betas, models: bundledModels, now: Date.now(), severities: {} };
  const analysis = analyseLine(JSON.stringify({ custom_id: 'count', params }), context);
  const refusal = rowRefusal(params, analysis, context);
  if (refusal) throw new Refusal(refusal.type === 'not_found_error' ? 404 : 400, refusal.message);
  const tokens = analysis.kind === 'request' ? analysis.facts.estimate.inputTokens.expected : 0;
  return { body: { json: { input_tokens: Math.round(tokens) } } };
}

async function readObject(body: AsyncIterable<Buffer>): Promise<JsonObject> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of body) {
    size += chunk.length;
    if (size > MAX_MESSAGES_BODY_BYTES) throw new Refusal(413, 'Request exceeds the maximum size');
    chunks.push(chunk);
  }
  const value = parseJson(Buffer.concat(chunks).toString('utf8'));
  if (!isObject(value)) throw new Refusal(400, 'Input should be an object');
  return value;
}

function parseJson(text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch {
    throw new Refusal(400, 'The request body is not valid JSON: unexpected character');
  }
}
