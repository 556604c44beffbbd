import { scanText } from '../batch/text-scan';

/** Deeper texts are JSON that nobody reads, and too deep for code that follows it. */
const DEEPEST = 256;

/** JSON of a value that others wrote; one that is nested too deeply for it is said to be so. */
export function jsonText(value: unknown, indent = 0): string {
  try {
    return JSON.stringify(value ?? null, null, indent);
  } catch {
    return '(nested too deeply to be shown)';
  }
}

/** The object or array that a text is; undefined for any other, and for one that is nested too deeply. */
export function structureIn(text: string): unknown {
  if (!/^\s*[{[]/.test(text) || scanText(text, DEEPEST).depth > DEEPEST) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
