import { type Bytes, bytesOf, latin1, occurrences } from './base64';

/** What a PDF says of itself without being decompressed; each answer is cheap and may be too low, never too high. */
export interface PdfFacts {
  /** Whether it starts as a PDF does; readers take the mark anywhere in the first 1,024 bytes. */
  readonly isPdf: boolean;
  /** Pages that are surely there; 0 where they are compressed away. */
  readonly pages: number;
  readonly encrypted: boolean;
}

/** Reads the base64 text of a PDF in linear time. Source: ISO 32000-1, 7.5 (file structure) and 7.7.3 (page tree). */
export function pdfFacts(text: string): PdfFacts {
  const base64 = text.replaceAll(/\s+/g, '');
  const bytes = bytesOf(base64);
  return {
    isPdf: latin1(bytes, 0, 1024).includes('%PDF-'),
    pages: Math.min(pageObjects(base64, bytes), largestCount(base64, bytes)),
    encrypted: occurrences(base64, '/Encrypt').some((at) =>
      /^\/Encrypt\s*(\d+\s+\d+\s+R|<<)/.test(latin1(bytes, at, at + 40)),
    ),
  };
}

/** A file saved in steps holds a changed page twice, so this alone may be too high … */
function pageObjects(base64: string, bytes: Bytes): number {
  return occurrences(base64, '/Page').filter((at) =>
    /\/Type\s*\/Page(?![a-zA-Z0-9])/.test(latin1(bytes, at - 12, at + 6)),
  ).length;
}

/** … and so may this, where an outline is longer than its pages. */
function largestCount(base64: string, bytes: Bytes): number {
  const counts = occurrences(base64, '/Count').map(
    (at) => /^\/Count\s*(\d{1,7})(?!\d)/.exec(latin1(bytes, at, at + 20))?.[1],
  );
  return counts.reduce((most, count) => Math.max(most, Number(count ?? 0)), 0);
}
