import type { TextRule } from './rule';

const MOST_SHOWN = 20;

/** A number too large for a double. */
export const numberOutOfRange: TextRule = {
  id: 'number-out-of-range',
  severity: 'error',
  refusedAt: 'row',
  title: 'A number too large to be read',
  docs: 'A number such as `1e400` is beyond what JSON readers hold: they make infinity of it, which is no value of any field.',
  check(text, { hugeNumber }, report) {
    if (!hugeNumber) return;
    const { start, end } = hugeNumber;
    const written = end - start > MOST_SHOWN ? `${text.slice(start, start + MOST_SHOWN)}…` : text.slice(start, end);
    report(
      { at: 'text', ...hugeNumber },
      `The number ${written} is too large for any JSON reader; write a smaller one.`,
    );
  },
};
