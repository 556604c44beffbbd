import type { Problem } from '../../../batch/problems';

/** A kind of problem that can be mended in many lines at once. */
export interface FixableRule {
  /** The rule's id. */
  readonly rule: string;
  /** What the first fix does, in its first problem. */
  readonly title: string;
  /** The message of its first problem. */
  readonly example: string;
}

/** Ids are mended by looking at all of them: their findings need no fix of their own. */
const OF_IDS: Readonly<Record<string, string>> = {
  'custom-id': 'Make all custom_ids valid',
  'duplicate-custom-id': 'Make all custom_ids unique',
};

/** The kinds of problems among `problems` that have a fix, in their order, each once. */
export function fixableRules(problems: readonly Problem[]): FixableRule[] {
  const found = new Map<string, FixableRule>();
  for (const { finding } of problems) {
    const { rule, message: example, fixes } = finding;
    const title = OF_IDS[rule] ?? fixes.find(({ edits, together }) => together || edits.length > 0)?.title;
    if (title !== undefined && !found.has(rule)) found.set(rule, { rule, title, example });
  }
  return [...found.values()];
}
