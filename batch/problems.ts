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
import { remembered } from './remembered';
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

/** Finds where a path leads in a line. */
export type Locate = (line: number, place: Place) => TextRange;

/** VS Code shows at most 1,000 problems of a file, and drops the least severe. */
export const SHOWN_PROBLEMS = 900;
/** A mistake of a template is shown on this many lines, then once more with the count of the rest. */
const SHOWN_OF_A_KIND = 20;

/**
 * What was found in lines one after the other, by kind: the same rule at the same path (indices aside) with the same
 * message is one mistake of a template. Plain data, of which only so much is kept as may come to be shown.
 */
export interface FoundKinds {
  /** The most problems that will be shown; Infinity for all. */
  readonly limit: number;
  readonly byKey: Map<string, FoundKind>;
  /** How many findings of each rule are kept. */
  readonly kept: Map<string, number>;
}

interface FoundKind {
  readonly rule: string;
  readonly severity: Severity;
  /** Said once, however often it is found. */
  readonly once: boolean;
  /** How many of it are kept. */
  readonly most: number;
  readonly kept: Found[];
  count: number;
}

interface Found {
  readonly line: number;
  readonly finding: Finding | FileFinding;
  readonly customId: string | null;
}

export function newKinds(limit: number): FoundKinds {
  return { limit, byKey: new Map(), kept: new Map() };
}

/** Adds what was found in a line, and says whether it is kept; lines come in order. */
export function addFinding(kinds: FoundKinds, finding: Finding, line: number, customId: string | null): boolean {
  const kind = kindOf(kinds, keyOf(finding, customId, kinds.limit), finding);
  if (kind.once && kind.count > 0) return false;
  kind.count++;
  if (kind.kept.length >= kind.most) return false;
  keep(kinds, kind, { line, finding, customId });
  return true;
}

/** Adds what was found in lines that come after all others; the first of them is line `first`. */
export function addKinds(kinds: FoundKinds, later: FoundKinds, first: number): void {
  for (const [key, { kept, count, ...like }] of later.byKey) {
    const kind = kindOf(kinds, key, like);
    for (const found of kept.slice(0, kind.most - kind.kept.length))
      keep(kinds, kind, { ...found, line: found.line + first });
    kind.count = kind.once ? 1 : kind.count + count;
  }
}

/**
 * Chooses what to show of all that was found: at most the kinds' limit, shared among the rules and among the kinds of
 * mistakes, so that each is seen. With no limit everything is shown as it is. Lines are located in order.
 */
export function selectProblems({ limit, byKey }: FoundKinds, locate: Locate): ProblemSelection {
  const byRule = new Map<string, FoundKind[]>();
  const counts: Record<Severity, number> = { error: 0, warning: 0, information: 0, hint: 0 };
  for (const kind of byKey.values()) {
    counts[kind.severity] += kind.count;
    const ofRule = byRule.get(kind.rule);
    if (ofRule) ofRule.push(kind);
    else byRule.set(kind.rule, [kind]);
  }
  const shared = inTurn([...byRule.values()].map((kinds) => inTurn(kinds.map(counted))));
  const shown = shared.length > limit ? shared.slice(0, limit - 1) : shared;
  const omitted = SEVERITIES.reduce((sum, severity) => sum + counts[severity], 0) - shown.length;
  const first = shared[shown.length];
  if (first) shown.push(theRest(first, omitted, counts));
  const problems = shown.sort((a, b) => a.line - b.line).map((found) => located(found, locate));
  problems.sort((a, b) => a.line - b.line || a.start - b.start);
  return { problems, omitted, counts };
}

/** Chooses likewise among findings of lines whose text is at hand. */
export class ProblemCollector {
  readonly #kinds: FoundKinds;
  readonly #texts = new Map<number, string>();

  constructor(limit: number) {
    this.#kinds = newKinds(limit);
  }

  /** Takes what was found in one line by itself; lines come in order. */
  addLine(line: number, text: string, findings: readonly Finding[], customId: string | null): void {
    for (const finding of findings) if (addFinding(this.#kinds, finding, line, customId)) this.#texts.set(line, text);
  }

  finish(): ProblemSelection {
    const treeOf = remembered((text: string) => parseTree(text));
    return selectProblems(this.#kinds, (line, place) => {
      const text = this.#texts.get(line) ?? '';
      return rangeOf(text, place, treeOf(text));
    });
  }
}

function kindOf(kinds: FoundKinds, key: string, { rule, severity }: Pick<FoundKind, 'rule' | 'severity'>): FoundKind {
  const known = kinds.byKey.get(key);
  if (known) return known;
  const isFull = (kinds.kept.get(rule) ?? 0) > kinds.limit;
  if (isFull && key !== uncountedKey(rule, severity))
    return kindOf(kinds, uncountedKey(rule, severity), { rule, severity });
  const once = ruleById.get(rule)?.oncePerFile ?? false;
  const most = isFull ? 0 : once ? 1 : kinds.limit === Infinity ? Infinity : SHOWN_OF_A_KIND + 1;
  const kind = { rule, severity, once, most, kept: [], count: 0 };
  kinds.byKey.set(key, kind);
  return kind;
}

/** Of the kinds that no room is left for. */
const uncountedKey = (rule: string, severity: Severity): string => `${severity} ${rule} more`;

function keep({ kept }: FoundKinds, kind: FoundKind, found: Found): void {
  kind.kept.push(found);
  kept.set(kind.rule, (kept.get(kind.rule) ?? 0) + 1);
}

/** The last shown of a kind says how many there are beside it. */
function counted({ kept, count }: FoundKind): readonly Found[] {
  const last = kept.at(-1);
  const more = count - kept.length;
  if (!last || more === 0) return kept;
  const message = `${last.finding.message} The same on ${more.toLocaleString('en-US')} more lines.`;
  return [...kept.slice(0, -1), { ...last, finding: { ...last.finding, message } }];
}

/** Stands on the first problem that is not shown, as severe as the gravest of the file, so that no editor drops it. */
function theRest({ finding, line, customId }: Found, omitted: number, counts: ProblemSelection['counts']): Found {
  const severity = SEVERITIES.find((it) => counts[it] > 0) ?? finding.severity;
  const message = `… and ${omitted.toLocaleString('en-US')} more problems in this file; mend those shown to see them.`;
  return { line, customId, finding: { rule: finding.rule, severity, message, place: finding.place, fixes: [] } };
}

function located({ line, finding, customId }: Found, locate: Locate): Problem {
  const range = (line: number, place: Place): TextRange => {
    const { start, end } = place.at === 'text' ? place : locate(line, place);
    return { start, end };
  };
  const related = 'related' in finding ? finding.related : [];
  return {
    line,
    customId,
    finding,
    ...range(line, finding.place),
    related: related.map(({ line, place, message }) => ({ line, message, ...range(line, place) })),
  };
}

/** The first of each list, then the second of each, and so on. */
function inTurn<T>(lists: readonly (readonly T[])[]): T[] {
  const longest = lists.reduce((length, list) => Math.max(length, list.length), 0);
  const taken: T[] = [];
  for (let i = 0; i < longest; i++) for (const list of lists) if (i < list.length) taken.push(list[i]!);
  return taken;
}

function keyOf(finding: Finding, customId: string | null, limit: number): string {
  if (limit === Infinity) return `${finding.severity} ${finding.rule}`;
  if (isOfId(finding.place) && customId) return keyWithPlace(finding, withoutId(finding.message, customId));
  const known = KEYS.get(finding);
  if (known !== undefined) return known;
  const key = keyWithPlace(finding, finding.message);
  KEYS.set(finding, key);
  return key;
}

/** Lines of one template share their findings. */
const KEYS = new WeakMap<Finding, string>();

function keyWithPlace({ rule, severity, place }: Finding, said: string): string {
  if (ruleById.get(rule)?.oncePerFile) return rule;
  return `${severity} ${rule} ${place.at === 'text' ? '' : generic(place.path)} ${said}`;
}

function isOfId(place: Place): boolean {
  return place.at !== 'text' && place.path.length === 1 && place.path[0] === 'custom_id';
}

/** An id is another on each line, and so is what is said of it, although the mistake is the template's. */
function withoutId(message: string, customId: string): string {
  return message.replaceAll(customId, '').replaceAll(/\d+/g, '');
}

function generic(path: Path): string {
  return path.map((step) => (typeof step === 'number' ? '*' : step)).join('/');
}
