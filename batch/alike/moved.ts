import type { Edit } from '../edit';
import type { Finding, Path } from '../finding';

/** A run of messages, in a line where its unit comes as often as `count` says. */
export interface MessageRun {
  /** The index of the first message behind it. */
  readonly end: number;
  /** Messages of its unit. */
  readonly size: number;
  readonly count: number;
}

/** The same findings in a line where the units of runs come so often instead. */
export function movedFindings(
  findings: readonly Finding[],
  runs: readonly MessageRun[],
  counts: readonly number[],
): readonly Finding[] {
  const isSame = runs.every(({ count }, i) => count === counts[i]);
  return isSame ? findings : findings.map((finding) => moved(finding, (path) => movedPath(path, runs, counts)));
}

function movedPath(path: Path, runs: readonly MessageRun[], counts: readonly number[]): Path {
  const [params, messages, index, ...rest] = path;
  if (messages !== 'messages' || typeof index !== 'number') return path;
  const before = runs.map(({ end, size, count }, i) => (index >= end ? (counts[i]! - count) * size : 0));
  return [params!, messages, before.reduce((sum, more) => sum + more, index), ...rest];
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
