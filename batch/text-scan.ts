/** What one pass over a line's raw text notices: everything that `JSON.parse` hides or that must be known before it. */
export interface TextScan {
  /** Deepest nesting of arrays and objects; scanning stops beyond `maxDepth`. */
  readonly depth: number;
  readonly repeatsKey: boolean;
  /** Offsets of the first number that is too large for a double, such as 1e400. */
  readonly hugeNumber: { readonly start: number; readonly end: number } | null;
}

/** The `Set` of an object's keys is only made when it has many: most have a handful. */
const FEW_KEYS = 16;

/**
 * Linear, never recursive, for any text. Strings, which are most of a line, are skipped by native search; what it says of
 * keys and numbers holds for valid JSON only.
 */
export function scanText(text: string, maxDepth: number): TextScan {
  let depth = 0;
  let deepest = 0;
  let repeatsKey = false;
  let hugeNumber: TextScan['hugeNumber'] = null;
  const objects: KeyFrame[] = [];
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit === QUOTE) {
      const end = stringEnd(text, i);
      const frame = objects[depth];
      if (frame && isColonNext(text, end)) repeatsKey = frame.add(text.slice(i, end)) || repeatsKey;
      i = end - 1;
    } else if (unit === OPEN_BRACE || unit === OPEN_BRACKET) {
      depth++;
      if (depth > deepest) deepest = depth;
      if (depth > maxDepth) break;
      if (unit === OPEN_BRACE) {
        objects[depth] ??= new KeyFrame();
        objects[depth]?.clear();
      }
    } else if (unit === CLOSE_BRACE || unit === CLOSE_BRACKET) depth = Math.max(0, depth - 1);
    else if (isNumberStart(unit)) {
      const end = numberEnd(text, i);
      if (!hugeNumber && end - i > 4 && !Number.isFinite(Number(text.slice(i, end)))) hugeNumber = { start: i, end };
      i = end - 1;
    }
  }
  return { depth: deepest, repeatsKey, hugeNumber };
}

/** The keys seen in one object, as written; `add` says whether the key was there already. */
class KeyFrame {
  #few: string[] = [];
  #many: Set<string> | null = null;

  clear(): void {
    this.#few.length = 0;
    this.#many = null;
  }

  add(quoted: string): boolean {
    const key = quoted.includes('\\') ? unescaped(quoted) : quoted;
    if (this.#many) return this.#many.size === this.#many.add(key).size;
    if (this.#few.includes(key)) return true;
    this.#few.push(key);
    if (this.#few.length > FEW_KEYS) this.#many = new Set(this.#few);
    return false;
  }
}

const QUOTE = 0x22;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;
const OPEN_BRACKET = 0x5b;
const CLOSE_BRACKET = 0x5d;
const BACKSLASH = 0x5c;
const COLON = 0x3a;
const SPACE = 0x20;
const TAB = 0x09;

/** The offset after the closing quote of the string that opens at `start`, or the text's length. */
export function stringEnd(text: string, start: number): number {
  for (let at = start + 1; ; ) {
    const quote = text.indexOf('"', at);
    if (quote < 0) return text.length;
    let slashes = 0;
    while (text.charCodeAt(quote - 1 - slashes) === BACKSLASH) slashes++;
    if (slashes % 2 === 0) return quote + 1;
    at = quote + 1;
  }
}

function isColonNext(text: string, at: number): boolean {
  let i = at;
  while (text.charCodeAt(i) === SPACE || text.charCodeAt(i) === TAB) i++;
  return text.charCodeAt(i) === COLON;
}

function isNumberStart(unit: number): boolean {
  return (unit >= 0x30 && unit <= 0x39) || unit === 0x2d;
}

function numberEnd(text: string, start: number): number {
  let end = start + 1;
  while (isNumberPart(text.charCodeAt(end))) end++;
  return end;
}

/** Digits, signs, the point, e and E. */
function isNumberPart(unit: number): boolean {
  return isNumberStart(unit) || unit === 0x2b || unit === 0x2e || unit === 0x65 || unit === 0x45;
}

function unescaped(quoted: string): string {
  try {
    return JSON.stringify(JSON.parse(quoted));
  } catch {
    return quoted;
  }
}
