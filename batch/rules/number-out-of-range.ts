import type { TextRule } from './rule';

/** A number too large for a double. */
export const numberOutOfRange: TextRule = {
  id: 'number-out-of-range',
  severity: 'error',
  refusedAt: 'row',
  title: 'A number too large to be read',
  docs: 'A number such as `1e400` is beyond what JSON readers hold: they make infinity of it, which is no value of any field.',
  check(_text, { hugeNumber }, report) {
    if (hugeNumber) report({ at: 'text', ...hugeNumber }, 'This number is too large for any JSON reader.');
  },
};
