import { runInNewContext } from 'node:vm';

/** A regular expression that someone typed may take forever, in ms. */
const LIMIT_MS = 2000;

/**
 * Ids without what a regular expression finds in them, such as `^\d{8}-`, by the ids as they are. Throws `SyntaxError`
 * for a text that is none, and an `Error` where it takes too long.
 */
export function matchedIds(customIds: readonly string[], pattern: string): ReadonlyMap<string, string> {
  const world = { ids: customIds.join('\n'), expression: new RegExp(pattern) };
  try {
    const code = "ids.split('\\n').map((id) => id.replace(expression, '')).join('\\n')";
    const matched: string = runInNewContext(code, world, { timeout: LIMIT_MS });
    const ids = matched.split('\n');
    return new Map(customIds.map((customId, index) => [customId, ids[index] ?? customId]));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ERR_SCRIPT_EXECUTION_TIMEOUT') throw error;
    throw new Error('The pattern takes too long: make it simpler.', { cause: error });
  }
}
