import { LIST_PAGE_DEFAULT, LIST_PAGE_MAX } from '../batch/limits';
import { Refusal } from './refusal';

export interface Page<Item> {
  readonly data: readonly Item[];
  readonly has_more: boolean;
  readonly first_id: string | null;
  readonly last_id: string | null;
}

/**
 * The page that `limit`, `after_id` and `before_id` ask for: those right after one item, or right before one, or the first.
 * `has_more` speaks of the direction asked for. Throws a `Refusal`.
 */
export function pageOf<Item extends { readonly id: string }>(
  items: readonly Item[],
  query: URLSearchParams,
): Page<Item> {
  const limit = limitOf(query.get('limit'));
  const after = query.get('after_id');
  const before = query.get('before_id');
  if (after !== null && before !== null) throw new Refusal(400, 'Only one of before_id and after_id can be specified.');
  const from = after === null ? 0 : indexOf(items, after) + 1;
  const to = before === null ? items.length : indexOf(items, before);
  const data = before === null ? items.slice(from, from + limit) : items.slice(Math.max(0, to - limit), to);
  return {
    data,
    has_more: data.length < to - from,
    first_id: data[0]?.id ?? null,
    last_id: data.at(-1)?.id ?? null,
  };
}

function limitOf(asked: string | null): number {
  if (asked === null) return LIST_PAGE_DEFAULT;
  if (!/^-?\d+$/.test(asked)) {
    throw new Refusal(400, 'limit: Input should be a valid integer, unable to parse string as an integer');
  }
  const limit = Number(asked);
  if (limit < 1) throw new Refusal(400, 'limit: Input should be greater than or equal to 1');
  if (limit > LIST_PAGE_MAX) throw new Refusal(400, `limit: Input should be less than or equal to ${LIST_PAGE_MAX}`);
  return limit;
}

function indexOf(items: readonly { readonly id: string }[], id: string): number {
  const index = items.findIndex((item) => item.id === id);
  if (index < 0) throw new Refusal(404, `${id} not found.`);
  return index;
}
