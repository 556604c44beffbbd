/**
 * What hides in text and changes how its surroundings are read: terminal escapes and other control characters, and the
 * overrides and isolates of bidirectional text (Unicode TR9). Line ends and tabs are what they seem; a carriage return alone
 * writes over its line in a terminal.
 */
const HIDDEN = /(?![\t\n]|\r\n)[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu;

/** Text of others, with what hides in it shown as its code: `‹U+202E›`. */
export function visible(text: string): string {
  return text.replace(HIDDEN, (hidden) => `‹U+${hidden.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}›`);
}

/** The same as code in Markdown: one line that is no Markdown, opens no cell and is not endless. */
export function codeSpan(text: string): string {
  const line = visible(text.replace(/\s+/g, ' ')).replaceAll('`', "'").replaceAll('|', '\\|').slice(0, 300);
  return `\`${line || ' '}\``;
}
