import { WHOLE_LINE } from '../finding';
import { MAX_BODY_BYTES, WARN_BODY_BYTES } from '../limits';
import type { FileRule } from './rule';

/** A create body that is, or may be, larger than the API takes. */
export const batchTooLarge: FileRule<'bytesOver'> = {
  id: 'batch-too-large',
  severity: 'error',
  refusedAt: 'create',
  aboutSize: true,
  title: 'The batch is too large',
  docs: `A batch is at most 256 MB. Whether that means ${WARN_BODY_BYTES.toLocaleString('en-US')} or
${MAX_BODY_BYTES.toLocaleString('en-US')} bytes is not documented: above the first it is a warning, above the second an error.
Beyond the limit the API answers 413 \`request_too_large\` after the whole upload.
Submitted from here, such a file goes over as several batches under one run.

Source: platform.claude.com/docs/en/build-with-claude/batch-processing, platform.claude.com/docs/en/api/errors.`,
  reads: ['bytesOver'],
  check({ bytesOver }, report) {
    if (bytesOver === null) return;
    const size = `${bytesOver.toLocaleString('en-US')} bytes`;
    if (bytesOver > MAX_BODY_BYTES)
      report({
        line: 0,
        place: WHOLE_LINE,
        message: `The batch would be ${size}, and the API takes 256 MB (${MAX_BODY_BYTES.toLocaleString('en-US')} bytes) at most; split the file.`,
      });
    else
      report({
        line: 0,
        place: WHOLE_LINE,
        severity: 'warning',
        message: `The batch would be ${size}: it is refused if the API's 256 MB are decimal (${WARN_BODY_BYTES.toLocaleString('en-US')} bytes); split the file to be safe.`,
      });
  },
};
