import { bundledModels, type Model } from '../batch/cost/models';
import { pageOf } from './paging';
import { Refusal } from './refusal';
import type { Call, Reply, Route } from './route';

/** The Models API. */
export const modelRoutes: readonly Route[] = [
  { name: 'models', method: 'GET', path: /^\/v1\/models$/, answer: listModels },
  { name: 'model', method: 'GET', path: /^\/v1\/models\/([^/]+)$/, answer: retrieveModel },
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
