import { utf8Text } from '../utf8';
import type { LineBytes } from './line-reader';
import { HOLE, type Span } from './outline';
import type { Run } from './runs';

/** A line, and where its holes and runs are in there. */
export interface LineParts extends LineBytes {
  readonly spans: readonly Span[];
  readonly runs: readonly Run[];
}

/** What another line of the same outline is to have in its holes, and how often the unit of each run is to come. */
export interface Wanted {
  readonly text: string;
  readonly maxTokens: string;
  readonly temperature: string;
  readonly counts: readonly number[];
}

/** Another line of the same outline. */
export function lineLike(line: LineParts, wanted: Wanted): string {
  let text = '';
  let at = line.from;
  line.runs.forEach((run, i) => {
    const more = wanted.counts[i]! - run.count;
    text += partLike(line, at, more < 0 ? run.secondEnd : run.end, wanted);
    // Of what is there too often all but two go, and of those come as many again as it takes.
    const added = more < 0 ? wanted.counts[i]! - 2 : more;
    for (let round = 1; round <= added; round++) text += `,${partLike(line, run.from, run.to, wanted, round)}`;
    at = run.end;
  });
  return text + partLike(line, at, line.to, wanted);
}

/** A part of the line with other contents; names are others in every round. */
function partLike({ memory, spans }: LineParts, from: number, to: number, wanted: Wanted, round = 0): string {
  let text = '';
  let at = from;
  for (const span of spans) {
    if (span.from < at || span.to > to) continue;
    text += utf8Text(memory, at, span.from);
    text += span.hole === HOLE.picture ? utf8Text(memory, span.from, span.to) : contentLike(span, wanted, round);
    at = span.to;
  }
  return text + utf8Text(memory, at, to);
}

function contentLike({ hole, name }: Span, { text, maxTokens, temperature }: Wanted, round: number): string {
  switch (hole) {
    case HOLE.text:
      return text;
    case HOLE.figure:
      return String(text.length);
    case HOLE.name:
    case HOLE.nameAgain:
      return `name-${name}-${round}`;
    case HOLE.maxTokens:
      return maxTokens;
    case HOLE.temperature:
      return temperature;
    default:
      return 'x';
  }
}

/** What stands outside of the holes. */
export function textAround({ memory, from, to, spans }: LineParts): string {
  const ends = [from, ...spans.map((span) => span.to)];
  return ends.map((end, i) => utf8Text(memory, end, spans[i]?.from ?? to)).join('\0');
}
