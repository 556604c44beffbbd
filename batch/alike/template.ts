import type { RequestLine } from '../analysis';
import type { Context } from '../context';
import { type MoreText, NO_MORE } from '../cost/tokens';
import type { Path } from '../finding';
import { sizeFindings, together } from '../lint';
import { isLong as isLongRequest, type SizeParts, sized } from '../request-size';
import { roomFor } from '../rules/context-window';
import type { RequestSize } from '../rules/rule';
import type { LineBytes } from './line-reader';
import { type MovedFindings, OF_OTHERS, type PlacedRun } from './moved';
import { type Outline, SUM } from './outline';
import type { TemplatePrefixes } from './template-prefixes';

/** From the least to the most. */
export interface Bounds {
  readonly least: number;
  readonly most: number;
}

/** What one more of the unit of a run adds, in all and before the last cache mark. */
export interface Growth {
  readonly text: MoreText;
  readonly cachedText: MoreText;
}

/** Lines with one outline of which the same is true. */
export interface Template {
  /** Undefined where there is none, or none that differs. */
  readonly maxTokens: Bounds | undefined;
  readonly temperature: Bounds | undefined;
  /** How often the unit of each run comes. */
  readonly counts: readonly Bounds[];
  /** What more of them add to `size`, which is that of the least. */
  readonly growth: readonly Growth[];
  /** Those behind which findings move, with their least counts. */
  readonly placedRuns: readonly PlacedRun[];
  readonly moved: MovedFindings;
  /** What stands outside of the holes: names may not. */
  readonly fixedText: string;
  readonly model: string | undefined;
  /** All but those by size, where each run is shortest. */
  readonly findings: RequestLine['findings'];
  /** Of all but what the holes hold. */
  readonly size: SizeParts;
  /** Undefined where the model is not known. */
  readonly prefixes: TemplatePrefixes | undefined;
  /** All findings of requests that are not remarkably long, with enough to cache and with too little. */
  readonly usual: { enough?: RequestLine['findings']; short?: RequestLine['findings'] };
}

/** Whether a line that has the outline is one of these. */
export function isOf({ maxTokens, temperature, counts, fixedText }: Template, outline: Outline): boolean {
  const { names, runs } = outline;
  if (maxTokens && !(outline.maxTokens >= maxTokens.least && outline.maxTokens <= maxTokens.most)) return false;
  if (temperature && !(outline.temperature >= temperature.least && outline.temperature <= temperature.most))
    return false;
  for (let i = 0; i < counts.length; i++) {
    const { count } = runs.found[i]!;
    if (count < counts[i]!.least || count > counts[i]!.most) return false;
  }
  for (const name of names) if (fixedText.includes(name)) return false;
  return true;
}

/** What is known of a line of a template by what its holes hold. */
export function analysisBy(template: Template, outline: Outline, line: LineBytes, context: Context): RequestLine {
  const { customId, maxTokens, runs } = outline;
  let text = textIn(outline);
  let cachedText = cachedTextIn(outline, template.size.cached?.path);
  for (let i = 0; i < template.growth.length; i++) {
    const more = runs.found[i]!.count - template.counts[i]!.least;
    text = plus(text, template.growth[i]!.text, more);
    cachedText = plus(cachedText, template.growth[i]!.cachedText, more);
  }
  const asked = Number.isNaN(maxTokens) ? undefined : maxTokens;
  const { estimate, size } = sized(template.size, context.models, { text, cachedText, maxTokens: asked });
  const found = size ? findingsBy(template, size, context) : template.findings;
  const isAsFound = found.length === 0 || template.placedRuns.length === 0;
  const findings = isAsFound ? found : template.moved.findings(found, template.placedRuns, placedCounts(outline));
  const prefixes = template.prefixes?.of(outline, line, isLongRequest(template.size, estimate));
  const facts = { customId, model: template.model, estimate, prefixes };
  return { kind: 'request', findings, bytes: line.to - line.from, facts };
}

function placedCounts({ runs }: Outline): number[] {
  const counts: number[] = [];
  for (const { owner, count } of runs.found) if (owner !== OF_OTHERS) counts.push(count);
  return counts;
}

/** What the holes hold. */
export function textIn({ sums }: Outline): MoreText {
  return {
    weight: sums[SUM.system]! + sums[SUM.messages]! + sums[SUM.thinking]!,
    foreign: sums[SUM.system + 1]! + sums[SUM.messages + 1]! + sums[SUM.thinking + 1]!,
    system: sums[SUM.system]!,
    frames: 0,
  };
}

/** As much of it as stands before the last cache mark, by its path. */
export function cachedTextIn({ sums }: Outline, mark: Path | undefined): MoreText {
  if (mark?.[1] === 'system')
    return {
      weight: sums[SUM.markedSystem]!,
      foreign: sums[SUM.markedSystem + 1]!,
      system: sums[SUM.markedSystem]!,
      frames: 0,
    };
  if (mark?.[1] !== 'messages') return NO_MORE;
  return {
    weight: sums[SUM.system]! + sums[SUM.markedMessages]!,
    foreign: sums[SUM.system + 1]! + sums[SUM.markedMessages + 1]!,
    system: sums[SUM.system]!,
    frames: 0,
  };
}

/** With so many times `more`. */
export function plus(text: MoreText, more: MoreText, times: number): MoreText {
  return {
    weight: text.weight + times * more.weight,
    foreign: text.foreign + times * more.foreign,
    system: text.system + times * more.system,
    frames: text.frames + times * more.frames,
  };
}

function findingsBy(template: Template, size: RequestSize, context: Context): RequestLine['findings'] {
  const key = isLong(size) ? undefined : size.shortPrefix ? 'short' : 'enough';
  const known = key && template.usual[key];
  if (known) return known;
  const found = together(template.findings, sizeFindings(size, context));
  if (key) template.usual[key] = found;
  return found;
}

/** Whether its length is anything to speak of. */
function isLong({ model, maxTokens, prompt }: RequestSize): boolean {
  const step = model.price_above_prompt_tokens?.prompt_tokens ?? Number.POSITIVE_INFINITY;
  return prompt.low > Math.min(roomFor(model, maxTokens), step);
}
