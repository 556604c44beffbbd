import type { RuleInfo } from './rule';

/** A carriage return without a line feed. */
export const bareCr: RuleInfo = {
  id: 'bare-cr',
  severity: 'warning',
  refusedAt: 'never',
  title: 'A carriage return alone',
  docs: `A carriage return that no line feed follows ends a line for editors and for this checker, and is white space to JSON
parsers: what one program takes for one request is two for another. End lines with a line feed.`,
};

export const bareCrMessage =
  'This line ends with a carriage return alone, which some programs do not take for a line break; use a line feed.';
