import { preferredFix, replace } from '../edit';
import { bytesOf } from '../media/base64';
import { IMAGE_TYPES, imageHeader } from '../media/image-header';
import { modelOf, shown } from './read';
import { base64Media } from './read-media';
import type { LineRule } from './rule';

/** An image of another format than its `media_type` says. */
export const imageMediaType: LineRule = {
  id: 'image-media-type',
  severity: 'error',
  refusedAt: 'row',
  title: 'media_type of another format',
  docs: `The API looks at the first bytes of an image, and they must be those of the \`media_type\`; a file's name says little
about its format.

> messages.0.content.0.image.source.base64: The image was specified using the image/png media type, but the image appears
> to be a image/jpeg image

Models of the third generation, which are retired, took such images.

Source: platform.claude.com/docs/en/build-with-claude/vision (2026-10-10).`,
  examples: {
    bad: '{"custom_id":"a","params":{"model":"claude-haiku-5-5","max_tokens":64,"messages":[{"role":"user","content":[{"type":"image","source":{"type":"base64","media_type":"image/png","data":"R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7"}}]}]}}',
    good: '{"custom_id":"a","params":{"model":"claude-haiku-5-5","max_tokens":64,"messages":[{"role":"user","content":[{"type":"image","source":{"type":"base64","media_type":"image/gif","data":"R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7"}}]}]}}',
  },
  check({ params }, context, report) {
    const model = modelOf(params, context);
    if (!model || model.status === 'retired') return;
    for (const { kind, path, mediaType, data } of base64Media(params)) {
      if (kind !== 'image') continue;
      // A media type that no image may have is the schema's to refuse.
      const said = IMAGE_TYPES.find((type) => type === mediaType);
      const actual = imageHeader(bytesOf(data))?.mediaType;
      if (said === undefined || actual === undefined || actual === said) continue;
      const place = [...path, 'source', 'media_type'];
      report(
        place,
        `The media_type says ${shown(said)}, and the bytes are those of "${actual}"; change it.`,
        preferredFix(`Set media_type to "${actual}"`, replace(place, actual)),
      );
    }
  },
};
