import path from 'node:path';
import type * as vscode from 'vscode';
import { EXCERPT_SCHEME } from '../../../batch/excerpt/scheme';
import type { Path } from '../../../batch/finding';

/** A part of a batch file that is a document of its own. Lines are 0-based, as they were when it was opened. */
export type Excerpt = LinesExcerpt | RequestExcerpt | TextExcerpt;

/** Some lines as they are. */
export interface LinesExcerpt {
  readonly kind: 'lines';
  readonly file: vscode.Uri;
  readonly line: number;
  readonly lines: number;
}

/** One request over many lines. */
export interface RequestExcerpt {
  readonly kind: 'request';
  readonly file: vscode.Uri;
  readonly line: number;
  /** Empty where it has none. */
  readonly customId: string;
}

/** A text in a request. */
export interface TextExcerpt extends Omit<RequestExcerpt, 'kind'> {
  readonly kind: 'text';
  readonly path: Path;
  /** It is edited in every request that has the same there. */
  readonly shared: boolean;
}

/** `message-batches:/folder/file.jsonl/name?place`: the name is what a person reads, the place is what counts. */
export function excerptUri(excerpt: Excerpt): vscode.Uri {
  const { file, ...place } = excerpt;
  return file.with({
    scheme: EXCERPT_SCHEME,
    path: `${file.path}/${path.posix.parse(file.path).name}.${nameOf(excerpt)}`,
    query: JSON.stringify(place),
  });
}

/** The excerpt that a URI names; undefined for any other URI. */
export function excerptOf(uri: vscode.Uri): Excerpt | undefined {
  if (uri.scheme !== EXCERPT_SCHEME) return undefined;
  const file = uri.with({ scheme: 'file', path: path.posix.dirname(uri.path), query: '' });
  return { ...(JSON.parse(uri.query) as Excerpt), file };
}

/** The file that a document is, or is a part of. */
export function fileOf(uri: vscode.Uri): vscode.Uri {
  return excerptOf(uri)?.file ?? uri;
}

/** `501-1000.jsonl`, `ticket-0042.json`, `ticket-0042.system.md` */
function nameOf(excerpt: Excerpt): string {
  if (excerpt.kind === 'lines') return `${excerpt.line + 1}-${excerpt.line + excerpt.lines}.jsonl`;
  const request = excerpt.customId.replaceAll(/[^\w.-]/g, '_').slice(0, 64) || `line-${excerpt.line + 1}`;
  if (excerpt.kind === 'request') return `${request}.json`;
  const steps = excerpt.path.filter((step) => step !== 'params').join('.');
  return `${excerpt.shared ? 'all' : request}.${steps.replaceAll(/[^\w.-]/g, '_')}.md`;
}
