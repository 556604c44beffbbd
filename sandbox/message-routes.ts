import type { Context } from '../batch/context';
import { bundledModels } from '../batch/cost/models';
import { isObject, type Json, type JsonObject } from '../batch/json';
import { MAX_MESSAGES_BODY_BYTES } from '../batch/limits';
import { analyseLine } from '../batch/lint';
import { answerTo } from './answers';
import { Refusal } from './refusal';
import type { Call, Reply, Route } from './route';
import { rowRefusal } from './row-refusal';

/** The Messages API, one request at a time, and counting a prompt's tokens. */
export const messageRoutes: readonly Route[] = [
  { name: 'message', method: 'POST', path: /^\/v1\/messages$/, answer: message },
  { name: 'count_tokens', method: 'POST', path: /^\/v1\/messages\/count_tokens$/, answer: countTokens },
];

/** Answers, or refuses, as a row of a batch does; streams are not played. */
async function message(call: Call): Promise<Reply> {
  const params = await readObject(call.body);
  const inputTokens = judgedInputTokens(params, call);
  const model = bundledModels.find(String(params.model))?.id ?? String(params.model);
  const answer = answerTo(params, model, inputTokens, JSON.stringify(params));
  return { body: { json: { ...answer, usage: { ...answer.usage, service_tier: 'standard' } } } };
}

/** What bounds and shapes an answer is no part of a prompt that is counted. */
const NOT_OF_A_PROMPT = ['max_tokens', 'metadata', 'service_tier', 'stop_sequences', 'temperature', 'top_k', 'top_p'];

/** Judges the prompt as a batch would, and counts as the checker estimates, or so many times as much. */
async function countTokens(call: Call): Promise<Reply> {
  const prompt = await readObject(call.body);
  const extra = NOT_OF_A_PROMPT.find((name) => prompt[name] !== undefined);
  if (extra) throw new Refusal(400, `${extra}: Extra inputs are not permitted`);
  const tokens = judgedInputTokens({ ...prompt, max_tokens: 1 }, call);
  return { body: { json: { input_tokens: Math.round(tokens * (call.options.countedPerEstimated ?? 1)) } } };
}

/** The estimate for the prompt. Throws a `Refusal` where a batch's row would be an error. */
function judgedInputTokens(params: JsonObject, { apiVersion, betas }: Call): number {
  const context: Context = { apiVersion, betas, models: bundledModels, now: Date.now(), severities: {} };
  const analysis = analyseLine(JSON.stringify({ custom_id: 'message', params }), context);
  const refusal = rowRefusal(params, analysis, context);
  if (refusal) throw new Refusal(refusal.type === 'not_found_error' ? 404 : 400, refusal.message);
  return analysis.kind === 'request' ? analysis.facts.estimate.inputTokens.expected : 0;
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
