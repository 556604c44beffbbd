import { WHOLE_LINE } from '../finding';
import type { FileRule } from './rule';

/** A batch file without any request. */
export const emptyFile: FileRule<'requests'> = {
  id: 'empty-file',
  severity: 'warning',
  refusedAt: 'create',
  title: 'No request',
  docs: `A batch needs at least one request; it is a warning only, since every file begins empty:

> requests: List should have at least 1 item after validation, not 0

Source: captured from the API on 2026-09-02.`,
  reads: ['requests'],
  check({ requests }, report) {
    if (requests === 0)
      report({
        line: 0,
        place: WHOLE_LINE,
        message: 'This batch file has no request yet; a batch needs at least one.',
      });
  },
};
