import { isObject, type JsonObject } from '../json';
import { defined, type LineShape } from './shape';

/**
 * Records of Amazon Bedrock batch inference: the params beside an id; the job names the model.
 * Source: https://docs.aws.amazon.com/bedrock/latest/userguide/batch-inference-data.html
 */
export const bedrock: LineShape = {
  id: 'bedrock',
  title: 'Amazon Bedrock batch records',
  isLine: ({ modelInput }) => isObject(modelInput),
  read: ({ recordId, modelInput, ...others }, { model }) => {
    const { params, lost } = paramsFrom(modelInput, model);
    return { value: defined({ custom_id: recordId, params }), lost: [...lost, ...Object.keys(others)] };
  },
  write: ({ custom_id: recordId, params }) => {
    const { input, lost } = inputFrom(params, 'bedrock-2023-05-31');
    return { value: { recordId, modelInput: input }, lost };
  },
};

/**
 * Requests of batch prediction on Google Cloud: the params are called request; the job names the model.
 * Source: https://docs.cloud.google.com/vertex-ai/generative-ai/docs/partner-models/claude/batch
 */
export const vertex: LineShape = {
  id: 'vertex',
  title: 'Google Cloud Vertex AI requests',
  isLine: ({ request, params }) => isObject(request) && params === undefined && !('contents' in request),
  read: ({ custom_id, request, ...others }, { model }) => {
    const { params, lost } = paramsFrom(request, model);
    return { value: defined({ custom_id, params }), lost: [...lost, ...Object.keys(others)] };
  },
  write: ({ custom_id, params }) => {
    const { input, lost } = inputFrom(params, 'vertex-2023-10-16');
    return { value: { custom_id, request: input }, lost };
  },
};

/** What only the API itself takes; the model is the job's. */
const OWN_FIELDS = ['model', 'service_tier', 'inference_geo', 'container', 'mcp_servers'];

function inputFrom(params: JsonObject, version: string): { input: JsonObject; lost: string[] } {
  const kept = Object.entries(params).filter(([name]) => !OWN_FIELDS.includes(name));
  const lost = Object.keys(params).filter((name) => OWN_FIELDS.includes(name));
  return { input: { anthropic_version: version, ...Object.fromEntries(kept) }, lost };
}

function paramsFrom(input: JsonObject[string], model: string): { params: JsonObject; lost: string[] } {
  const { anthropic_version: _, anthropic_beta: beta, ...rest } = isObject(input) ? input : {};
  return { params: { model, ...rest }, lost: beta === undefined ? [] : ['anthropic_beta'] };
}
