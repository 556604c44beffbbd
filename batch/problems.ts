import { type Finding, type Place, type RelatedPlace, SEVERITIES, type Severity } from './finding';
import { addFinding, type Found, type FoundKind, type FoundKinds, newKinds } from './found-kinds';
import { parseTree, rangeOf, type TextRange } from './json-tree';
import { remembered } from './remembered';

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

/** What was chosen to be shown, by line; where it stands in its lines is not found yet. */
export interface Choice extends Omit<ProblemSelection, 'problems'> {
  readonly shown: readonly Found[];
}

/** Chooses what to show of all that was found, and finds its places. Lines are located in order. */
export function selectProblems(kinds: FoundKinds, locate: Locate): ProblemSelection {
  return locateChoice(chooseFound(kinds), locate);
}

/**
 * At most as many as the kinds' limit, shared among the rules and among the kinds of mistakes, so that each is seen. With
 * no limit everything is shown as it is.
 */
export function chooseFound({ limit, byKey }: FoundKinds): Choice {
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
  shown.sort((a, b) => a.line - b.line);
  return { shown, omitted, counts };
}

export function locateChoice({ shown, omitted, counts }: Choice, locate: Locate): ProblemSelection {
  const problems = shown.map((found) => located(found, locate));
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
