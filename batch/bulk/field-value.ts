import type { Path } from '../finding';
import type { Json } from '../json';
import { fieldAt } from '../schema/field-at';

/**
 * A value as people write it: JSON, or plain text. `42` is a text where the API takes no number there, such as in
 * `metadata.user_id`.
 */
export function parseFieldValue(path: Path, text: string): Json {
  const value = parsed(text);
  if (value === undefined) return text;
  const kind = value === null ? 'null' : typeof value;
  if (kind === 'number' || kind === 'boolean' || kind === 'null') return takes(path, kind) ? value : text;
  return value;
}

/** Also where nothing is known of the place. */
function takes(path: Path, kind: 'null' | 'boolean' | 'number'): boolean {
  const type = fieldAt(path, undefined)?.type ?? '';
  return !/\bstring\b/.test(type) || NAMES[kind].test(type);
}

const NAMES = { null: /\bnull\b/, boolean: /\bboolean\b/, number: /\b(number|integer)\b/ };

function parsed(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}
