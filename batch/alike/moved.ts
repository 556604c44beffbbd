import type { Edit } from '../edit';
import type { Finding, Path } from '../finding';

/** A run of messages or of blocks of one, in a line where its unit comes as often as `count` says. */
export interface PlacedRun {
  /** The index of the message whose blocks they are; OF_MESSAGES where they are messages. */
  readonly owner: number;
  /** The index of the first element behind it. */
  readonly end: number;
  /** Elements of its unit. */
  readonly size: number;
  readonly count: number;
}

/** In the place of a message's index: it is a run of messages, and it is one of something else, where nothing moves. */
export const OF_MESSAGES = -1;
export const OF_OTHERS = -2;

/** Counts for which findings are kept at most. */
const MOST_KNOWN = 64;

/** The findings of lines of one template: those of lines with as many units are the same objects. */
export class MovedFindings {
  readonly #known = new WeakMap<readonly Finding[], Map<string, readonly Finding[]>>();

  /** The same findings in a line where the units of runs come so often instead. */
  findings(found: readonly Finding[], runs: readonly PlacedRun[], counts: readonly number[]): readonly Finding[] {
    const byCounts = this.#known.get(found) ?? new Map<string, readonly Finding[]>();
    if (byCounts.size === 0) this.#known.set(found, byCounts);
    const key = counts.join();
    const known = byCounts.get(key);
    if (known) return known;
    const moved = movedFindings(found, runs, counts);
    if (byCounts.size === MOST_KNOWN) byCounts.clear();
    byCounts.set(key, moved);
    return moved;
  }
}

function movedFindings(
  findings: readonly Finding[],
  runs: readonly PlacedRun[],
  counts: readonly number[],
): readonly Finding[] {
  const isSame = runs.every(({ count }, i) => count === counts[i]);
  return isSame ? findings : findings.map((finding) => moved(finding, (path) => movedPath(path, runs, counts)));
}

function movedPath(path: Path, runs: readonly PlacedRun[], counts: readonly number[]): Path {
  const [params, messages, message, content, block, ...rest] = path;
  if (messages !== 'messages' || typeof message !== 'number') return path;
  const from = (index: number, owner: number): number =>
    runs.reduce(
      (at, run, i) => (run.owner === owner && index >= run.end ? at + (counts[i]! - run.count) * run.size : at),
      index,
    );
  const at = [params!, messages, from(message, OF_MESSAGES)];
  if (path.length <= 4 || typeof block !== 'number') return [...at, ...path.slice(3)];
  return [...at, content!, from(block, message), ...rest];
}

function moved(finding: Finding, move: (path: Path) => Path): Finding {
  const { place, fixes } = finding;
  return {
    ...finding,
    place: place.at === 'text' ? place : { ...place, path: move(place.path) },
    fixes: fixes.map((fix) => ({ ...fix, edits: fix.edits.map((edit) => movedEdit(edit, move)) })),
  };
}

function movedEdit(edit: Edit, move: (path: Path) => Path): Edit {
  return 'path' in edit ? { ...edit, path: move(edit.path) } : edit;
}
