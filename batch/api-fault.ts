import { atKey, atValue, type Finding, type Path, type Place } from './finding';
import { isArray, isObject, type Json, valueAt } from './json';

/** What the API refused of a file, in its own words: at create, or in a row of the results. */
export interface ApiFault {
  /** The error's `type`, such as `invalid_request_error`. */
  readonly type: string;
  readonly message: string;
}

/** Which request of a create body an error text names: by its 0-based index or by its id; null where it names none. */
export interface NamedRequest {
  readonly index: number | null;
  readonly customId: string | null;
}

/** Errors of these types are about a request; all others (overloaded, timeout, permission, …) are about the run. */
export const LINE_FAULTS: ReadonlySet<string> = new Set(['invalid_request_error', 'not_found_error']);

/**
 * What one's own spend limit and an empty account are answered with, as `invalid_request_error`:
 * platform.claude.com/docs/en/api/rate-limits (2026-10-08) and captured answers.
 */
export const BILLING_ANSWER = /^You have reached your specified API usage limits|credit balance is too low/;

/** Whether the request itself was refused, so that sending it again unchanged would change nothing. */
export function isLineFault({ type, message }: ApiFault): boolean {
  return LINE_FAULTS.has(type) && !BILLING_ANSWER.test(message);
}

/** `requests.12.custom_id: …` names a request by its index, `… Duplicate custom_id found: a` by its id. */
export function namedRequest(message: string): NamedRequest {
  const index = /^requests\.(\d+)\b/.exec(message)?.[1];
  const customId = /^requests: .*Duplicate custom_id found: (.+)$/s.exec(message)?.[1];
  return { index: index === undefined ? null : Number(index), customId: customId ?? null };
}

/** A fault as a finding about the line (its text) that was refused; its rule is the error's type. */
export function apiFinding({ type, message }: ApiFault, text: string): Finding {
  return { rule: type, severity: 'error', message, place: placeOfFault(message, parsed(text)), fixes: [] };
}

/**
 * The place in a line's value that an error text names, such as `messages.1.content.0.text: …` or `"thinking.type.enabled"
 * is not supported …`: the deepest that is there, or the key of `params` where it names none.
 */
export function placeOfFault(message: string, line: Json): Place {
  const path = pathIn(line, stepsOf(message, line));
  const isNamed = path.length > 1 || path[0] === 'custom_id';
  if (!isNamed) return atKey('params');
  // A missing field is told of the object that lacks it, and that may fill screens; so may media.
  return isWide(line, path) ? atKey(...path) : atValue(...path);
}

function parsed(text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return null;
  }
}

/** The steps as the API writes them, which may hold names of union branches that are no part of the request. */
function stepsOf(message: string, line: Json): readonly string[] {
  const named = /^["'`]?(?:requests\.\d+\.?)?(?:params\.)?([a-z_]\w*(?:\.[\w-]+)*)?["'`]?(:?)/.exec(message);
  const steps = named?.[1]?.split('.') ?? [];
  const [first] = steps;
  if (/^requests: .*custom_id/s.test(message) || first === 'custom_id') return ['custom_id'];
  const params = isObject(line) ? line.params : undefined;
  const isParam = first !== undefined && isObject(params) && Object.hasOwn(params, first);
  return isParam ? ['params', ...steps] : ['params'];
}

/** Follows `steps` down the value. What is not there is a union branch's name when more follows, and else a field that is missing. */
function pathIn(line: Json, steps: readonly string[]): Path {
  const path: (string | number)[] = [];
  let here: Json | undefined = line;
  for (const [index, step] of steps.entries()) {
    const more = index < steps.length - 1;
    if (isArray(here)) {
      if (!/^\d+$/.test(step) || Number(step) >= here.length) break;
      path.push(Number(step));
      here = here[Number(step)];
    } else if (isObject(here)) {
      if ((more && here.type === step) || !Object.hasOwn(here, step)) continue;
      path.push(step);
      here = here[step];
    } else break;
  }
  return path;
}

/** Longer values are shown by their key. */
const LONGEST_SHOWN = 200;

function isWide(line: Json, path: Path): boolean {
  const value = valueAt(line, path);
  return isObject(value) || isArray(value) || (typeof value === 'string' && value.length > LONGEST_SHOWN);
}
