import type { IdsTask } from './task';

/** Ids without what a regular expression finds in them, in their order. Throws `SyntaxError` for a text that is none. */
export function matchedIds({ customIds, pattern }: IdsTask): string[] {
  const expression = new RegExp(pattern);
  return customIds.map((customId) => customId.replace(expression, ''));
}
