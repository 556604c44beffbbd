import { WHOLE_LINE } from '../finding';
import { MAX_REQUESTS } from '../limits';
import type { FileRule } from './rule';

/** More requests than a batch may hold. */
export const tooManyRequests: FileRule<'requests' | 'firstLineOver'> = {
  id: 'too-many-requests',
  severity: 'error',
  refusedAt: 'create',
  aboutSize: true,
  title: 'Too many requests',
  docs: `A batch holds at most ${MAX_REQUESTS.toLocaleString('en-US')} requests; the API refuses a longer one whole. Submitted
from here, such a file goes over as several batches under one run.

Source: platform.claude.com/docs/en/build-with-claude/batch-processing.`,
  reads: ['requests', 'firstLineOver'],
  check({ requests, firstLineOver }, report) {
    if (requests <= MAX_REQUESTS) return;
    const [has, may] = [requests, MAX_REQUESTS].map((n) => n.toLocaleString('en-US'));
    report({
      line: firstLineOver ?? 0,
      place: WHOLE_LINE,
      message: `The file has ${has} requests and a batch at most ${may}; split it here.`,
    });
  },
};
