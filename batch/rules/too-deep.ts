import { MAX_DEPTH } from '../limits';
import type { RuleInfo } from './rule';

/** Looked at before anything that walks the value: no recursive code ever meets such a line. */
export const tooDeep: RuleInfo = {
  id: 'too-deep',
  severity: 'error',
  refusedAt: 'row',
  title: 'Nested too deeply',
  docs: `A line with more than ${MAX_DEPTH} arrays and objects inside one another is not looked into: nothing that the
Messages API takes is nested so deeply, and such a line is usually the work of a loop that wraps its own output.`,
};

export const tooDeepMessage = `More than ${MAX_DEPTH} arrays and objects inside one another: a request is never nested so deeply.`;
