/**
 * What hides in text and changes how its surroundings are read: terminal escapes and other control characters, and the
 * overrides and isolates of bidirectional text (Unicode TR9). Line ends and tabs are what they seem.
 */
const HIDDEN = /(?![\t\n\r])[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu;

/** Text of others, with what hides in it shown as its code: `‹U+202E›`. */
export function visible(text: string): string {
  return text.replace(HIDDEN, (hidden) => `‹U+${hidden.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}›`);
}
