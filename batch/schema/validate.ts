import validate from 'compiled-validator';
import type { Json } from '../json';

/** Whether a parsed line `{custom_id, params}` has the API's shape: the quick yes or no that every line gets. */
export function isValidShape(line: Json): boolean {
  return validate(line);
}
