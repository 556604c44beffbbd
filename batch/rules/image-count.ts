import media from '../../schemas/media.json';
import { count } from '../wording';
import { byWindow, mediaBlocks } from './read-media';
import type { LineRule } from './rule';

/** More images than a request takes. */
export const imageCount: LineRule = {
  id: 'image-count',
  severity: 'error',
  refusedAt: 'row',
  title: 'Too many images',
  docs: `A request takes 600 images, or 100 for a model with a context window of 200,000 tokens. Those of earlier turns and of
tool results count as well. The API answers with a 400.

Source: platform.claude.com/docs/en/build-with-claude/vision (2026-10-10); \`schemas/media.json\`.`,
  check({ params }, context, report) {
    const images = mediaBlocks(params).filter(([{ type }]) => type === 'image');
    const most = byWindow(media.images.per_request, params, context);
    const over = images[most];
    if (over)
      report(
        [...over[1], 'type'],
        `A request to this model takes ${count(most)} images, and this has ${count(images.length)}; split it.`,
      );
  },
};
