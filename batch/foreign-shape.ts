import { isArray, isObject, type Json, type JsonObject } from './json';

/** What a line, or the beginning of a text, is when it is a request but not one of ours; null otherwise. */
export function foreignShape(value: Json): string | null {
  const object = isArray(value) ? value[0] : value;
  if (!isObject(object)) return null;
  const has = (key: string) => Object.hasOwn(object, key);
  if (isArray(value) && has('params')) return 'a JSON array of requests';
  if (has('body') && has('method') && has('url')) return 'an OpenAI batch request';
  if (ANSWERS.some(has)) return null;
  if (has('modelInput')) return 'an Amazon Bedrock batch record';
  if (isObject(object.request) && isRequestOfVertex(object.request)) return 'a Google Cloud Vertex AI batch request';
  if (isArray(object.requests) && object.requests.some((it) => isObject(it) && isObject(it.params)))
    return 'a whole create body';
  return null;
}

/** What others write beside a request when they have answered it: their output is none of our business. */
const ANSWERS = ['modelOutput', 'response', 'error'];

/** Logs and other APIs have a `request` too: Claude's says its version, or asks for tokens. */
function isRequestOfVertex({ anthropic_version: version, max_tokens: tokens, messages }: JsonObject): boolean {
  return typeof version === 'string' || (isArray(messages) && typeof tokens === 'number');
}

/** The same, where the text does not parse line by line: a create body or an array written over many lines. */
export function foreignText(head: string): string | null {
  if (/^\s*\{\s*"requests"\s*:\s*\[/.test(head)) return 'a whole create body';
  if (/^\s*\[\s*(\{\s*"(custom_id|params)"|$)/.test(head) && /"params"/.test(head)) return 'a JSON array of requests';
  return null;
}

export function foreignShapeMessage(shape: string): string {
  return `This is ${shape}; the Message Batches API takes one {"custom_id": …, "params": {…}} a line.`;
}
