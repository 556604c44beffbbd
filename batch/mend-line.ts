import { applyChanges, toTextChanges } from './apply-edits';
import type { Context } from './context';
import type { Edit } from './edit';
import type { Finding } from './finding';
import { analyseLine } from './lint';

/** A line with more faults than these keeps the rest. */
const MOST_FIXES = 50;

/**
 * A line's text after the first fix of its first finding of a chosen rule, and so on until there is none: a fix may do
 * away with the next finding, or bring one to light. Null where the whole line goes.
 */
export function mendLine(text: string, context: Context, isChosen: (rule: string) => boolean): string | null {
  let mended = text;
  for (let fixes = 0; fixes < MOST_FIXES; fixes++) {
    const { findings } = analyseLine(mended, context);
    const edits = findings.map((finding) => (isChosen(finding.rule) ? firstFix(finding) : [])).find(isSome);
    if (!edits) break;
    if (edits.some(({ op }) => op === 'remove-line')) return null;
    const next = applyChanges(mended, toTextChanges(mended, edits));
    if (next === mended) break;
    mended = next;
  }
  return mended;
}

/** The likeliest fix that changes the line; one that changes the settings leaves it as it is. */
function firstFix({ fixes }: Finding): readonly Edit[] {
  return fixes.find(({ edits }) => edits.length > 0)?.edits ?? [];
}

const isSome = (edits: readonly Edit[]): boolean => edits.length > 0;
