import type { RuleInfo } from './rule';

/** A line without a request between lines that have one. */
export const blankLine: RuleInfo = {
  id: 'blank-line',
  severity: 'warning',
  refusedAt: 'never',
  title: 'A blank line',
  docs: `JSON Lines has a value on every line: scripts that parse each one stop at a blank line. A submission from here leaves
it out. The empty line after the last line break is none.`,
};

export const blankLineMessage = 'A blank line is no request; it is left out when the file is submitted from here.';
