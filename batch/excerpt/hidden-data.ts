import { base64Fault, bytesOf, parseDataUrl } from '../media/base64';
import { imageHeader } from '../media/image-header';
import { pdfFacts } from '../media/pdf';
import { counted, size } from '../wording';
import { tokensOf } from './json-tokens';

/** Base64 that is not shown: what stands in its place, and the JSON string (with its quotes) that it is. */
export interface HiddenData {
  /** `‹6.1 MB application/pdf, 14 pages›` */
  readonly label: string;
  readonly token: string;
}

/** Longer base64 is hidden, in characters: nobody reads it. */
const SHOWN_LENGTH = 1024;

/** What of a line (without its terminator) is not shown. Each label stands for one text, and nowhere else in the line. */
export function hiddenIn(line: string): HiddenData[] {
  const texts = new Map<string, string>();
  const labels = new Set<string>();
  const tokens = tokensOf(line).map(({ start, end }) => line.slice(start, end));
  for (const [i, token] of tokens.entries()) {
    if (token.length <= SHOWN_LENGTH + QUOTES || texts.has(token) || tokens[i + 1] === ':') continue;
    const about = describedBase64(token.slice(1, -1), mediaTypeBeside(tokens, i));
    if (about === undefined) continue;
    const label = unused(about, (tried) => labels.has(tried) || line.includes(tried));
    labels.add(label);
    texts.set(token, label);
  }
  return [...texts].map(([token, label]) => ({ label, token }));
}

/** Whether a JSON string looks as if it stood for hidden data. */
export function looksHidden(token: string): boolean {
  return /^"‹\d[\d.]* (?:bytes|KB|MB|GB) [^"]*›"$/.test(token);
}

const QUOTES = 2;

/** What a base64 text is, such as `6.1 MB application/pdf, 14 pages`; undefined where it is none. */
export function describedBase64(text: string, mediaType: string | undefined): string | undefined {
  const url = parseDataUrl(text);
  const base64 = url?.base64 ?? text;
  if (base64Fault(base64) !== undefined || /\s/.test(base64)) return undefined;
  const bytes = bytesOf(base64);
  const image = imageHeader(bytes);
  const type = url?.mediaType ?? mediaType ?? image?.mediaType ?? 'base64';
  const measure = image?.size ? `, ${image.size.width} × ${image.size.height}` : pages(base64, type);
  return `${size(bytes.length)} ${type}${measure}`;
}

/** Those of a compressed page tree are not known. */
function pages(base64: string, type: string): string {
  const count = type === 'application/pdf' ? pdfFacts(base64).pages : 0;
  return count > 0 ? `, ${counted(count, 'page')}` : '';
}

/** The `media_type` in the same flat object, before or after. */
function mediaTypeBeside(tokens: readonly string[], index: number): string | undefined {
  for (const step of [-1, 1]) {
    for (let i = index + step; i >= 0 && i < tokens.length && !/^[{}[\]]/.test(tokens[i]!); i += step) {
      const type = /^"([a-z]+\/[\w.+-]+)"$/.exec(tokens[i + 2] ?? '')?.[1];
      if (tokens[i] === '"media_type"' && type) return type;
    }
  }
  return undefined;
}

function unused(about: string, isUsed: (label: string) => boolean): string {
  for (let number = 1; ; number++) {
    const label = number === 1 ? `‹${about}›` : `‹${about}, no. ${number}›`;
    if (!isUsed(label)) return label;
  }
}
