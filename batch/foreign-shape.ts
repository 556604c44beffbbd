import { isArray, isObject, type Json } from './json';

/** What a line, or the beginning of a text, is when it is a request but not one of ours; null otherwise. */
export function foreignShape(value: Json): string | null {
  const object = isArray(value) ? value[0] : value;
  if (!isObject(object)) return null;
  const has = (key: string) => Object.hasOwn(object, key);
  if (isArray(value) && has('params')) return 'a JSON array of requests';
  if (has('body') && has('method') && has('url')) return 'an OpenAI batch request';
  if (has('modelInput')) return 'an Amazon Bedrock batch record';
  if (isArray(object.requests) && object.requests.some((it) => isObject(it) && isObject(it.params)))
    return 'a whole create body';
  return null;
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
