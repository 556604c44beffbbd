import {
  type FileFinding,
  type Finding,
  type Path,
  type Place,
  type RelatedPlace,
  SEVERITIES,
  type Severity,
} from './finding';
import { parseTree, rangeOf, type TextRange } from './json-tree';
import { ruleById } from './rules';

/** A finding with its place in the file found: what a face shows. */
export interface Problem {
  /** 0-based. */
  readonly line: number;
  /** UTF-16 columns [start, end) in that line, 0-based. */
  readonly start: number;
  readonly end: number;
  readonly finding: Finding;
  readonly customId: string | null;
  readonly related: readonly LocatedPlace[];
}

export interface LocatedPlace extends Pick<RelatedPlace, 'line' | 'message'> {
  readonly start: number;
  readonly end: number;
}

/** What was chosen to be shown, by line, and what was not. */
export interface ProblemSelection {
  readonly problems: readonly Problem[];
  /** Findings that no shown problem stands for by itself. */
  readonly omitted: number;
  /** All findings by severity. */
  readonly counts: Readonly<Record<Severity, number>>;
}

/** VS Code shows at most 1,000 problems of a file, and drops the least severe. */
export const SHOWN_PROBLEMS = 900;
/** A mistake of a template is shown on this many lines, then once more with the count of the rest. */
const SHOWN_OF_A_KIND = 20;

/** The same rule at the same path (indices aside) with the same message: one mistake of a template. */
interface Kind {
  readonly shown: Problem[];
  count: number;
}

/**
 * Chooses what to show of all that was found: at most `limit` problems, shared among the rules and among the kinds of
 * mistakes, so that each is seen. With no limit everything is shown as it is.
 */
export class ProblemCollector {
  /** By rule, then by kind. */
  readonly #rules = new Map<string, { readonly kinds: Map<string, Kind>; shown: number }>();
  readonly #said = new Set<string>();
  readonly #counts: Record<Severity, number> = { error: 0, warning: 0, information: 0, hint: 0 };

  constructor(readonly limit: number) {}

  /** Takes what was found in one line by itself; lines come in order. */
  addLine(line: number, text: string, findings: readonly Finding[], customId: string | null): void {
    const tree = once(() => parseTree(text));
    for (const finding of findings) {
      const place = () => rangeOf(text, finding.place, finding.place.at === 'text' ? undefined : tree());
      this.#add(finding, line, customId, () => ({ ...place(), related: [] }));
    }
  }

  /** Takes what was found by looking at the whole file; `locate` finds places in lines that are long gone by. */
  addFileFinding(finding: FileFinding, locate: (line: number, place: Place) => TextRange): void {
    this.#add(finding, finding.line, finding.customId, () => ({
      ...locate(finding.line, finding.place),
      related: finding.related.map(({ line, place, message }) => ({ line, message, ...locate(line, place) })),
    }));
  }

  finish(): ProblemSelection {
    const found = SEVERITIES.reduce((sum, severity) => sum + this.#counts[severity], 0);
    const shared = inTurn([...this.#rules.values()].map(({ kinds }) => inTurn([...kinds.values()].map(counted))));
    const problems = shared.length > this.limit ? shared.slice(0, this.limit - 1) : shared;
    const omitted = found - problems.length;
    const first = shared[problems.length];
    if (first) problems.push(this.#rest(first, omitted));
    problems.sort((a, b) => a.line - b.line || a.start - b.start);
    return { problems, omitted, counts: this.#counts };
  }

  #add(
    finding: Finding,
    line: number,
    customId: string | null,
    locate: () => Omit<Problem, 'line' | 'finding' | 'customId'>,
  ): void {
    const info = ruleById.get(finding.rule);
    if (info?.oncePerFile && this.#said.has(finding.rule)) return;
    this.#said.add(finding.rule);
    this.#counts[finding.severity]++;
    const rule = getOrSet(this.#rules, finding.rule, () => ({ kinds: new Map<string, Kind>(), shown: 0 }));
    const key = this.limit === Infinity ? '' : kindKey(finding, customId);
    if (rule.shown > this.limit && !rule.kinds.has(key)) return;
    const kind = getOrSet(rule.kinds, key, () => ({ shown: [], count: 0 }));
    kind.count++;
    if (kind.shown.length > (this.limit === Infinity ? Infinity : SHOWN_OF_A_KIND)) return;
    kind.shown.push({ line, customId, finding, ...locate() });
    rule.shown++;
  }

  /** Stands on the first problem that is not shown, as severe as the gravest of the file, so that no editor drops it. */
  #rest(first: Problem, omitted: number): Problem {
    const severity = SEVERITIES.find((it) => this.#counts[it] > 0) ?? first.finding.severity;
    const message = `… and ${omitted.toLocaleString('en-US')} more problems in this file; mend those shown to see them.`;
    return { ...first, related: [], finding: { ...first.finding, severity, message, fixes: [] } };
  }
}

/** The last shown of a kind says how many there are beside it. */
function counted({ shown, count }: Kind): Problem[] {
  const last = shown.at(-1);
  const more = count - shown.length;
  if (!last || more === 0) return shown;
  const message = `${last.finding.message} The same on ${more.toLocaleString('en-US')} more lines.`;
  return [...shown.slice(0, -1), { ...last, finding: { ...last.finding, message } }];
}

/** The first of each list, then the second of each, and so on. */
function inTurn<T>(lists: readonly (readonly T[])[]): T[] {
  const longest = lists.reduce((length, list) => Math.max(length, list.length), 0);
  const taken: T[] = [];
  for (let i = 0; i < longest; i++) for (const list of lists) if (i < list.length) taken.push(list[i]!);
  return taken;
}

/** An id is another on each line, and so is what is said of it, although the mistake is the template's. */
function kindKey({ place, message }: Finding, customId: string | null): string {
  if (place.at === 'text') return message;
  const isOfId = place.path.length === 1 && place.path[0] === 'custom_id';
  const said = isOfId && customId ? message.replaceAll(customId, '').replaceAll(/\d+/g, '') : message;
  return `${generic(place.path)} ${said}`;
}

function generic(path: Path): string {
  return path.map((step) => (typeof step === 'number' ? '*' : step)).join('/');
}

function getOrSet<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  let value = map.get(key);
  if (value === undefined) {
    value = make();
    map.set(key, value);
  }
  return value;
}

function once<T>(make: () => T): () => T {
  let made: { value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}
