import { isUtf8 } from 'node:buffer';
import { isArray, isObject, type Json } from '../batch/json';
import { CUSTOM_ID_MAX_LENGTH, CUSTOM_ID_PATTERN } from '../batch/limits';
import { BodySplitter } from './body-splitter';
import { Refusal } from './refusal';
import type { RequestsFile } from './requests-file';

/**
 * Reads the body of a create call as it arrives and keeps its requests, checking what the API checks before a batch
 * exists: JSON, the shape around `params`, ids, number and size. `params` itself is judged while the batch runs.
 * Texts as captured from the API on 2026-09-02; where none was captured, those of pydantic, which it validates with.
 * Throws a `Refusal`.
 */
export async function readCreateBody(
  body: AsyncIterable<Buffer>,
  requests: RequestsFile,
  limits: { readonly maxBytes: number; readonly maxRequests: number },
): Promise<void> {
  const problems = new Problems();
  const ids = new Set<string>();
  const splitter = new BodySplitter((bytes) => {
    checkRequest(parse(bytes, problems), requests.count(), ids, problems);
    requests.append(bytes);
  });
  let size = 0;
  for await (const chunk of body) {
    size += chunk.length;
    if (size > limits.maxBytes) throw new Refusal(413, 'Request exceeds the maximum size');
    splitter.push(chunk);
    await requests.flush();
  }
  const frame = parse(Buffer.from(splitter.frame), problems);
  const message =
    problems.json ??
    frameProblem(frame, limits.maxRequests) ??
    problems.request ??
    problems.repeated ??
    extraKey(frame);
  if (message) throw new Refusal(400, message);
}

/** The first problem of each kind; the kind that the API looks for first decides. */
class Problems {
  json: string | undefined;
  request: string | undefined;
  repeated: string | undefined;
}

const REQUEST_KEYS = new Set(['custom_id', 'params']);
const ID_PATTERN = new RegExp(CUSTOM_ID_PATTERN);

/** Notes what is wrong with the request at a 0-based index; undefined is one that is not JSON. */
function checkRequest(request: Json | undefined, index: number, ids: Set<string>, problems: Problems): void {
  if (request === undefined) return;
  const problem = requestProblem(request);
  if (problem) problems.request ??= `requests.${index}${problem}`;
  const id = isObject(request) ? request.custom_id : undefined;
  if (typeof id !== 'string') return;
  if (ids.has(id)) {
    problems.repeated ??= `requests: custom_id's must be unique within a batch. Duplicate custom_id found: ${id}`;
  }
  ids.add(id);
}

/** What is wrong with one request, from its own place on: `.custom_id: Field required`. */
function requestProblem(request: Json): string | undefined {
  if (!isObject(request)) return ': Input should be an object';
  const id = idProblem(request.custom_id);
  if (id) return `.custom_id: ${id}`;
  if (request.params === undefined) return '.params: Field required';
  if (!isObject(request.params)) return '.params: Input should be an object';
  const extra = Object.keys(request).find((key) => !REQUEST_KEYS.has(key));
  return extra === undefined ? undefined : `.${extra}: Extra inputs are not permitted`;
}

function idProblem(id: Json | undefined): string | undefined {
  if (id === undefined) return 'Field required';
  if (typeof id !== 'string') return 'Input should be a valid string';
  if (id.length > CUSTOM_ID_MAX_LENGTH) return `String should have at most ${CUSTOM_ID_MAX_LENGTH} characters`;
  if (id === '') return 'String should have at least 1 character';
  return ID_PATTERN.test(id) ? undefined : `String should match pattern '${CUSTOM_ID_PATTERN}'`;
}

/** What is wrong with the body around its requests. */
function frameProblem(frame: Json | undefined, maxRequests: number): string | undefined {
  if (!isObject(frame)) return 'Input should be an object';
  const { requests } = frame;
  if (requests === undefined) return 'requests: Field required';
  if (!isArray(requests)) return 'requests: Input should be a valid list';
  if (requests.length === 0) return 'requests: List should have at least 1 item after validation, not 0';
  if (requests.length <= maxRequests) return undefined;
  return `requests: List should have at most ${maxRequests} items after validation, not ${requests.length}`;
}

function extraKey(frame: Json | undefined): string | undefined {
  const extra = isObject(frame) && Object.keys(frame).find((key) => key !== 'requests');
  return extra ? `${extra}: Extra inputs are not permitted` : undefined;
}

/** The value; undefined, and a problem noted, where the bytes are no JSON that the API takes. */
function parse(bytes: Buffer, problems: Problems): Json | undefined {
  const text = bytes.toString('utf8');
  const value = parseJson(text);
  const why = isUtf8(bytes) ? textProblem(text, value) : 'str is not valid UTF-8: surrogates not allowed';
  if (!why) return value;
  problems.json ??= `The request body is not valid JSON: ${why}`;
  return undefined;
}

function textProblem(text: string, value: Json | undefined): string | undefined {
  if (value === undefined) return text.trim() === '' ? 'unexpected end of data' : 'unexpected character';
  return hasLoneSurrogate(text, value) ? 'no low surrogate in string' : undefined;
}

/** `JSON.stringify` escapes a surrogate only where it stands alone. */
function hasLoneSurrogate(text: string, value: Json): boolean {
  return /\\u[dD][89a-fA-F]/.test(text) && /(?<!\\)(?:\\\\)*\\ud[89a-f]/.test(JSON.stringify(value));
}

function parseJson(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}
