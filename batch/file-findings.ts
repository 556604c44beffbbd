import type { LineAnalysis } from './analysis';
import type { Context } from './context';
import type { Edit } from './edit';
import type { FileFinding, RelatedPlace } from './finding';
import { addFinding, addKinds, type FoundKinds, newKinds } from './found-kinds';
import { WARN_BODY_BYTES } from './limits';
import { severityOf } from './lint';
import { fileRules } from './rules';
import type { Duplicates, FileRule, FileView } from './rules/rule';

/** The bytes of `{"requests":[` and of `]}` around the lines of a create body. */
const WRAPPER_BYTES = 13 + 2;

/** Size of the create body that `requests` lines of so many `bytes` together make: the wrapper, and a comma between each two. */
export function bodyBytes({ requests, bytes }: { readonly requests: number; readonly bytes: number }): number {
  return WRAPPER_BYTES + bytes + Math.max(0, requests - 1);
}

/** What the folds over the lines of a file have come to. */
export interface WholeFile extends Omit<FileView, 'bytesOver'> {
  /** UTF-8 bytes of the requests, without terminators. */
  readonly bytes: number;
}

/** What the rules over a whole file are shown of it: as long as that is the same, they find the same. */
export function viewOf({ requests, bytes, ...rest }: WholeFile): FileView {
  const size = bodyBytes({ requests, bytes });
  return { requests, bytesOver: size > WARN_BODY_BYTES ? size : null, ...rest };
}

/** What the file rules find. */
export function fileFindings(view: FileView, context: Context): FileFinding[] {
  return fileRules.flatMap((rule) => findingsOf(rule, view, context));
}

function findingsOf(rule: FileRule, view: FileView, context: Context): FileFinding[] {
  const findings: FileFinding[] = [];
  rule.check(view, (found) => {
    const severity = severityOf(rule.id, found.severity ?? rule.severity, context);
    if (severity !== 'off')
      findings.push({ fixes: [], related: NO_RELATED, customId: null, times: 1, ...found, rule: rule.id, severity });
  });
  return findings;
}

/** What the file rules find while the file is edited: each is asked again only where it would be shown something else. */
export class FoundInFile {
  readonly #ofRule = new Map<FileRule, { readonly view: FileView; readonly kinds: FoundKinds }>();
  #all: FoundKinds | undefined;

  /** `limit` is the most problems that will be shown. */
  constructor(
    private readonly context: Context,
    private readonly limit: number,
  ) {}

  /** The same object as long as the same is found. */
  in(view: FileView): FoundKinds {
    for (const rule of fileRules) {
      const known = this.#ofRule.get(rule);
      if (known && rule.reads.every((part) => isSame(part, known.view, view))) continue;
      this.#ofRule.set(rule, { view, kinds: this.#kindsOf(rule, view) });
      this.#all = undefined;
    }
    this.#all ??= this.#sum();
    return this.#all;
  }

  #kindsOf(rule: FileRule, view: FileView): FoundKinds {
    const kinds = newKinds(this.limit);
    for (const finding of findingsOf(rule, view, this.context))
      addFinding(kinds, finding, finding.line, finding.customId, finding.times);
    return kinds;
  }

  #sum(): FoundKinds {
    const all = newKinds(this.limit);
    for (const { kinds } of this.#ofRule.values()) addKinds(all, kinds, 0);
    return all;
  }
}

function isSame(part: keyof FileView, a: FileView, b: FileView): boolean {
  if (a[part] === b[part]) return true;
  return part === 'lowerPrice' && JSON.stringify(a.lowerPrice) === JSON.stringify(b.lowerPrice);
}

/** What the fix of a rule over a whole file does to each line, by number: nothing where it mends each finding by itself. */
export function mendsOf(
  rule: string,
  lines: readonly LineAnalysis[],
  file: FileView,
): ReadonlyMap<number, readonly Edit[]> {
  const { mend } = fileRules.find(({ id }) => id === rule) ?? {};
  const mends = lines.map((line) => (mend && line.kind === 'request' ? mend(line.facts, file) : NO_EDITS));
  return new Map([...mends.entries()].filter(([, edits]) => edits.length > 0));
}

const NO_EDITS: readonly Edit[] = [];

/** The lines of those ids that are `repeated`, given the id of each line. */
export function duplicatesOf(idOf: Iterable<string | undefined>, repeated: ReadonlySet<string>): Duplicates {
  const byId = new Map<string, number[]>();
  if (repeated.size === 0) return NO_DUPLICATES;
  let line = 0;
  for (const id of idOf) {
    if (id !== undefined && repeated.has(id)) {
      const lines = byId.get(id);
      if (lines) lines.push(line);
      else byId.set(id, [line]);
    }
    line++;
  }
  return { ids: [...byId].map(([customId, lines]) => ({ customId, lines })), more: 0 };
}

const NO_DUPLICATES: Duplicates = { ids: [], more: 0 };
const NO_RELATED: readonly RelatedPlace[] = [];
