import type { FileFinding, Finding, Path, Place, Severity } from './finding';
import { ruleById } from './rules';
import { shown } from './rules/read';

/** A mistake of a template is shown on this many lines, then once more with the count of the rest. */
const SHOWN_OF_A_KIND = 20;

/**
 * What was found in lines one after the other, by kind: the same rule at the same path (indices aside) with the same
 * message is one mistake of a template. Plain data, of which only so much is kept as may come to be shown.
 */
export interface FoundKinds {
  /** The most problems that will be shown; Infinity for all. */
  readonly limit: number;
  /** In the order in which they were found first. */
  readonly byKey: Map<string, FoundKind>;
  /** How many kinds there are of each rule. */
  readonly ofRule: Map<string, number>;
}

export interface FoundKind {
  readonly rule: string;
  readonly severity: Severity;
  /** Said once, however often it is found. */
  readonly once: boolean;
  /** How many of it are kept. */
  readonly most: number;
  readonly kept: Found[];
  count: number;
}

export interface Found {
  /** 0-based. */
  readonly line: number;
  readonly finding: Finding | FileFinding;
  readonly customId: string | null;
}

/** `limit` is the most problems that will be shown. */
export function newKinds(limit: number): FoundKinds {
  return { limit, byKey: new Map(), ofRule: new Map() };
}

/** Adds what was found in a line, so many times, and says whether it is kept; lines come in order. */
export function addFinding(
  kinds: FoundKinds,
  finding: Finding,
  line: number,
  customId: string | null,
  times = 1,
): boolean {
  const kind = kindOf(kinds, keyOf(finding, customId, kinds.limit), finding);
  kind.count = kind.once ? 1 : kind.count + times;
  if (kind.kept.length >= kind.most) return false;
  kind.kept.push({ line, finding, customId });
  return true;
}

/** Adds what was found in lines that come after all others; the first of them is line `first`. */
export function addKinds(kinds: FoundKinds, later: FoundKinds, first: number): void {
  for (const [key, added] of later.byKey) {
    const kind = kindOf(kinds, key, added);
    kind.count = kind.once ? 1 : kind.count + added.count;
    for (const { line, finding, customId } of added.kept) {
      if (kind.kept.length >= kind.most) break;
      kind.kept.push({ line: line + first, finding, customId });
    }
  }
}

/** More kinds of one rule than are shown are counted as one. */
function kindOf(kinds: FoundKinds, key: string, like: Pick<FoundKind, 'rule' | 'severity'>): FoundKind {
  const known = kinds.byKey.get(key);
  if (known) return known;
  const { rule, severity } = like;
  const ofRule = kinds.ofRule.get(rule) ?? 0;
  const rest = `${severity} ${rule} more`;
  if (ofRule > kinds.limit && key !== rest) return kindOf(kinds, rest, like);
  kinds.ofRule.set(rule, ofRule + 1);
  const once = ruleById.get(rule)?.oncePerFile ?? false;
  const most = key === rest ? 0 : once ? 1 : kinds.limit === Infinity ? Infinity : SHOWN_OF_A_KIND + 1;
  const kind = { rule, severity, once, most, kept: [], count: 0 };
  kinds.byKey.set(key, kind);
  return kind;
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

/** An id, which is quoted, is another on each line, and so is what is said of it, although the mistake is the template's. */
function withoutId(message: string, customId: string): string {
  return message.replaceAll(shown(customId), '').replaceAll(`"${customId}"`, '').replaceAll(/\d+/g, '');
}

function generic(path: Path): string {
  return path.map((step) => (typeof step === 'number' ? '*' : step)).join('/');
}
