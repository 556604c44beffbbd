import type { Context } from './context';
import type { CustomIds } from './custom-ids';
import type { FileFinding, RelatedPlace } from './finding';
import { severityOf } from './lint';
import { fileRules } from './rules';
import type { FileView } from './rules/rule';

/** The bytes of `{"requests":[` and of `]}` around the lines of a create body. */
const WRAPPER_BYTES = 13 + 2;

/** Size of the create body that `requests` lines of so many `bytes` together make: the wrapper, and a comma between each two. */
export function bodyBytes({ requests, bytes }: { readonly requests: number; readonly bytes: number }): number {
  return WRAPPER_BYTES + bytes + Math.max(0, requests - 1);
}

/** What the folds over the lines of a file have come to. */
export interface WholeFile<Key> {
  /** Lines that are not blank. */
  readonly requests: number;
  /** UTF-8 bytes of those, without terminators. */
  readonly bytes: number;
  readonly ids: CustomIds<Key>;
  /** 0-based line of the first request beyond the API's limit, or null. */
  readonly firstLineOver: number | null;
  /** The 0-based line of a key; asked for only where something is amiss. */
  readonly lineOf: (key: Key) => number;
}

/** What the file rules find. */
export function fileFindings<Key>(file: WholeFile<Key>, context: Context): FileFinding[] {
  const findings: FileFinding[] = [];
  const view = viewOf(file);
  for (const rule of fileRules)
    rule.check(view, (found) => {
      const severity = severityOf(rule.id, found.severity ?? rule.severity, context);
      if (severity !== 'off')
        findings.push({ fixes: [], related: NO_RELATED, customId: null, ...found, rule: rule.id, severity });
    });
  return findings;
}

function viewOf<Key>({ requests, bytes, ids, firstLineOver, lineOf }: WholeFile<Key>): FileView {
  const duplicates = [...ids.repeated].map((customId) => {
    const lines = ids.keysOf(customId).map(lineOf);
    return { customId, lines: lines.sort((a, b) => a - b) };
  });
  return {
    requests,
    bytes: bodyBytes({ requests, bytes }),
    duplicates: duplicates.sort((a, b) => a.lines[0]! - b.lines[0]!),
    firstLineOver,
  };
}

const NO_RELATED: readonly RelatedPlace[] = [];
