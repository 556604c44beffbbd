import type { RuleInfo } from './rule';

/** Bytes that are no UTF-8; only a check from disk sees them. */
export const invalidUtf8: RuleInfo = {
  id: 'invalid-utf8',
  severity: 'error',
  refusedAt: 'create',
  title: 'Bytes that are no UTF-8',
  docs: `The body of a request is UTF-8. A file written in another encoding (Latin-1, UTF-16) is refused as invalid JSON;
save it as UTF-8.`,
};

export const invalidUtf8Message = 'This line holds bytes that are no UTF-8; save the file as UTF-8.';
