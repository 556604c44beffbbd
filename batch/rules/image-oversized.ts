import { fix, replace } from '../edit';
import { isObject } from '../json';
import { bytesOf } from '../media/base64';
import { imageHeader } from '../media/image-header';
import { seenSize } from '../media/resolution';
import { count } from '../wording';
import { modelOf } from './read';
import { base64Media } from './read-media';
import type { LineRule } from './rule';

/** An image larger than the model sees, where the request asks that this be an error. */
export const imageOversized: LineRule = {
  id: 'image-oversized',
  severity: 'error',
  refusedAt: 'row',
  title: 'Image that would be scaled down',
  docs: `With \`transformations: {"oversized_image": "error"}\` the API refuses an image that is larger than the model sees,
rather than scaling it down: more than 1,568 pixels a side or 1,568 patches of 28 × 28 pixels, or 2,576 and 4,784 for
models since Claude Opus 4.7.

> messages.0.content.0: image dimensions 1920x1080 exceed the maximum image size of a model named on this request and
> would be downsized to 1456x819; scale the image to at most 1456x819 or set the image's oversized_image setting to
> "downsize"

Source: platform.claude.com/docs/en/build-with-claude/vision-coordinates (2026-08-21); \`schemas/media.json\`.`,
  check({ params }, context, report) {
    const model = modelOf(params, context);
    if (!model) return;
    for (const { path, block, data } of base64Media(params)) {
      const { transformations } = block;
      if (!isObject(transformations) || transformations.oversized_image !== 'error') continue;
      const actual = imageHeader(bytesOf(data))?.size;
      const seen = actual && seenSize(actual, model.image_tier);
      if (!seen || (seen.width === actual.width && seen.height === actual.height)) continue;
      const place = [...path, 'transformations', 'oversized_image'];
      report(
        place,
        `This image is ${count(actual.width)} × ${count(actual.height)} pixels, and ${params.model} sees at most ${count(seen.width)} × ${count(seen.height)} of it; scale it down, or let the API do so.`,
        fix('Set oversized_image to "downsize"', replace(place, 'downsize')),
      );
    }
  },
};
