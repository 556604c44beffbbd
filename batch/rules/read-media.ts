import media from '../../schemas/media.json';
import type { Context } from '../context';
import type { Path } from '../finding';
import { isObject, type JsonObject } from '../json';
import { remembered } from '../remembered';
import { allBlocks, type Found, modelOf, objectsIn } from './read';

/** Images and documents wherever a message holds them: in tool results and in documents made of blocks as well. */
export const mediaBlocks = remembered((params: JsonObject): readonly Found[] => {
  const media: Found[] = [];
  for (const block of allBlocks(params)) {
    for (const found of [block, ...contentOf(block)]) {
      const { type } = found[0];
      if (type === 'image' || type === 'document') media.push(found);
    }
  }
  return media;
});

/** A medium that stands in the line itself. */
export interface Base64Medium {
  readonly kind: 'image' | 'document';
  /** Of the block; its data stand at `source`, `data`. */
  readonly path: Path;
  readonly block: JsonObject;
  readonly mediaType: unknown;
  readonly data: string;
}

export const base64Media = remembered((params: JsonObject): readonly Base64Medium[] =>
  mediaBlocks(params).flatMap(([block, path]) => {
    const { source } = block;
    if (!isObject(source) || source.type !== 'base64' || typeof source.data !== 'string') return [];
    const kind = block.type === 'image' ? 'image' : 'document';
    return [{ kind, path, block, mediaType: source.media_type, data: source.data } as const];
  }),
);

/** Of two limits the one that the model's context window decides; the larger for a model that is not known. */
export function byWindow(
  limits: { readonly small_window: number; readonly large_window: number },
  params: JsonObject,
  context: Context,
): number {
  const window = modelOf(params, context)?.context_window ?? media.large_window.value;
  return window < media.large_window.value ? limits.small_window : limits.large_window;
}

/** Whether it is an address that the API fetches from. */
export function isHttps(url: unknown): boolean {
  return typeof url === 'string' && /^https:\/\/[^\s/]/i.test(url);
}

/** The blocks of a document whose source is `content`. */
function contentOf([{ source }, path]: Found): readonly Found[] {
  return isObject(source) && source.type === 'content' ? objectsIn(source.content, [...path, 'source', 'content']) : [];
}
