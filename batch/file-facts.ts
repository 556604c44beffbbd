import type { LineAnalysis } from './analysis';
import type { Context } from './context';
import type { FileFinding, RelatedPlace } from './finding';
import { MAX_REQUESTS } from './limits';
import { severityOf } from './lint';
import { fileRules } from './rules';
import type { FileView } from './rules/rule';

/** The bytes of `{"requests":[` and of `]}` around the lines of a create body. */
const WRAPPER_BYTES = 13 + 2;

/**
 * What is known of a file as a whole, kept up by adding and taking away the analyses of lines. A key stands for a line:
 * its object in an open document, its number in a file that streams by.
 */
export class FileFacts<Key> {
  /** Lines that are not blank. */
  requests = 0;
  /** The first request beyond the API's limit, where lines were only ever added, and in order. */
  firstOver: Key | undefined;
  #lineBytes = 0;
  /** Most ids stand once: only those that do not have a set. */
  readonly #byId = new Map<string, Key | Set<Key>>();
  readonly #repeated = new Set<string>();

  add(key: Key, analysis: LineAnalysis): void {
    if (analysis.kind === 'blank') return;
    this.requests++;
    if (this.requests === MAX_REQUESTS + 1) this.firstOver = key;
    this.#lineBytes += analysis.bytes;
    const id = analysis.kind === 'request' ? analysis.facts.customId : undefined;
    if (id === undefined) return;
    const others = this.#byId.get(id);
    if (others === undefined) this.#byId.set(id, key);
    else if (others instanceof Set) others.add(key);
    else {
      this.#byId.set(id, new Set([others, key]));
      this.#repeated.add(id);
    }
  }

  remove(key: Key, analysis: LineAnalysis): void {
    if (analysis.kind === 'blank') return;
    this.requests--;
    this.#lineBytes -= analysis.bytes;
    const id = analysis.kind === 'request' ? analysis.facts.customId : undefined;
    if (id === undefined) return;
    const keys = this.#byId.get(id);
    if (!(keys instanceof Set)) {
      this.#byId.delete(id);
      return;
    }
    keys.delete(key);
    const [last] = keys;
    if (keys.size > 1 || last === undefined) return;
    this.#byId.set(id, last);
    this.#repeated.delete(id);
  }

  /** The lines with this `custom_id`. */
  keysOf(id: string): readonly Key[] {
    const keys = this.#byId.get(id);
    return keys === undefined ? [] : keys instanceof Set ? [...keys] : [keys];
  }

  /** Size of the create body: the wrapper, the lines, and a comma between each two. */
  get bytes(): number {
    return WRAPPER_BYTES + this.#lineBytes + Math.max(0, this.requests - 1);
  }

  /** What the file rules find; `lineOf` gives a key's 0-based line, and is asked only where something is amiss. */
  findings(context: Context, lineOf: (key: Key) => number, firstOver: Key | undefined): FileFinding[] {
    const findings: FileFinding[] = [];
    const view = this.#view(lineOf, firstOver);
    for (const rule of fileRules)
      rule.check(view, (found) => {
        const severity = severityOf(rule.id, found.severity ?? rule.severity, context);
        if (severity !== 'off')
          findings.push({ fixes: [], related: NO_RELATED, customId: null, ...found, rule: rule.id, severity });
      });
    return findings;
  }

  #view(lineOf: (key: Key) => number, firstOver: Key | undefined): FileView {
    const repeated = [...this.#repeated].map((customId) => ({
      customId,
      lines: this.keysOf(customId)
        .map(lineOf)
        .sort((a, b) => a - b),
    }));
    return {
      requests: this.requests,
      bytes: this.bytes,
      duplicates: repeated.sort((a, b) => a.lines[0]! - b.lines[0]!),
      firstLineOver: firstOver === undefined ? null : lineOf(firstOver),
    };
  }
}

const NO_RELATED: readonly RelatedPlace[] = [];
