import type { DocumentLink } from 'vscode-languageserver';
import { stringEnd } from '../../../batch/text-scan';
import type { BatchDocument } from '../documents';
import { toLink } from '../to-lsp';

/** More of them helps nobody, and all are asked for after each change. */
const MAX_LINKS = 2000;
const MAX_LENGTH = 4_000_000;

/** The Console lists files and batches; as its documentation links to them, 2026-10. */
const CONSOLE = 'https://platform.claude.com/workspaces/default';

/** The values of `url`, with their escapes read, ids of uploaded files and of batches; as far as is quickly looked through. */
export function documentLinks(document: BatchDocument): DocumentLink[] {
  if (document.kind !== 'batch' && document.kind !== 'results') return [];
  const links: DocumentLink[] = [];
  let length = 0;
  for (const [line, { text }] of document.lines.entries()) {
    if (links.length >= MAX_LINKS || length > MAX_LENGTH) break;
    length += text.length;
    for (const { start, end, target, tooltip } of linksIn(text)) {
      links.push(toLink({ line, start, end }, target, tooltip));
    }
  }
  return links.slice(0, MAX_LINKS);
}

interface Link {
  readonly start: number;
  readonly end: number;
  readonly target: string;
  readonly tooltip: string;
}

const MARKS = /"url"\s*:\s*(?=")|\b(?:file|msgbatch)_[A-Za-z0-9]{16,}\b/g;

function linksIn(text: string): Link[] {
  return [...text.matchAll(MARKS)].flatMap(({ 0: mark, index }): Link[] => {
    const end = index + mark.length;
    if (mark.startsWith('"url"')) return urlLink(text, end);
    const page = mark.startsWith('file_') ? 'files' : 'batches';
    return [{ start: index, end, target: `${CONSOLE}/${page}`, tooltip: 'Open in the Claude Console' }];
  });
}

function urlLink(text: string, start: number): Link[] {
  const end = stringEnd(text, start);
  const target = parsed(text.slice(start, end));
  return /^https?:\/\//i.test(target) ? [{ start: start + 1, end: end - 1, target, tooltip: 'Open the address' }] : [];
}

function parsed(json: string): string {
  try {
    return String(JSON.parse(json));
  } catch {
    return '';
  }
}
