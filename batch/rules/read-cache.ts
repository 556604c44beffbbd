import { type Edit, insert, replace } from '../edit';
import type { Path } from '../finding';
import { isObject, type JsonObject } from '../json';
import { remembered } from '../remembered';
import { allBlocks, type Found, systemBlocks, tools } from './read';

/** A `cache_control` and the place of what bears it. */
export interface Breakpoint {
  readonly bearer: JsonObject;
  /** Of the bearer; the mark itself stands at its `cache_control`. */
  readonly path: Path;
  readonly ttl: Ttl;
}

export type Ttl = '5m' | '1h';

/** The marks on tools, system blocks and message blocks, in the order in which the API reads them. */
export const breakpoints = remembered((params: JsonObject): readonly Breakpoint[] =>
  [...tools(params), ...systemBlocks(params), ...allBlocks(params)].flatMap(([bearer, path]: Found) => {
    const ttl = ttlOf(bearer);
    return ttl === undefined ? [] : [{ bearer, path, ttl }];
  }),
);

/**
 * The mark of the whole request, which the API moves to the last block. Where that block has one of the same duration it
 * changes nothing, and there is none.
 */
export function automaticBreakpoint(params: JsonObject): Breakpoint | undefined {
  const ttl = ttlOf(params);
  if (ttl === undefined || lastBlockTtl(params) === ttl) return undefined;
  return { bearer: params, path: ['params'], ttl };
}

/** The duration that the last block of the conversation asks for; undefined where it asks for none. */
export function lastBlockTtl(params: JsonObject): Ttl | undefined {
  const last = allBlocks(params)
    .filter(([, path]) => path.length === BLOCK_PATH_LENGTH)
    .at(-1);
  return last && ttlOf(last[0]);
}

/** The edit that makes a mark last an hour. */
export function keepForAnHour({ bearer, path }: Breakpoint): Edit {
  const mark = bearer.cache_control;
  const place = [...path, 'cache_control', 'ttl'];
  return isObject(mark) && mark.ttl !== undefined ? replace(place, '1h') : insert(place, '1h');
}

/** `params`, `messages`, an index, `content`, an index. */
const BLOCK_PATH_LENGTH = 5;

/** Undefined where there is no mark, or one that the schema refuses. */
function ttlOf({ cache_control: mark }: JsonObject): Ttl | undefined {
  if (!isObject(mark)) return undefined;
  const { ttl = '5m' } = mark;
  return ttl === '1h' || ttl === '5m' ? ttl : ttl === null ? '5m' : undefined;
}
