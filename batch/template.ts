import type { RequestLine } from './analysis';
import type { Context } from './context';
import type { MoreText } from './cost/tokens';
import type { LineContent } from './line-content';
import { sizeFindings, together } from './lint';
import { type SizeParts, sized } from './request-size';
import { roomFor } from './rules/context-window';
import type { RequestSize } from './rules/rule';
import type { Hole } from './template-holes';

/** Lines that differ only in what certain values of them are. */
export interface Template {
  /** The text before, between and after what the holes hold, quotes of strings included. */
  readonly pieces: readonly string[];
  readonly holes: readonly Hole[];
  /** Positions of holes. */
  readonly idAt: number;
  readonly maxTokensAt: number | undefined;
  readonly weighing: readonly number[];
  readonly cached: readonly number[];
  readonly inSystem: readonly number[];
  /** Of those that hold a name that is not in another before. */
  readonly names: readonly number[];
  readonly model: string | undefined;
  /** All but those by size. */
  readonly findings: RequestLine['findings'];
  /** Of all but what the holes hold. */
  readonly size: SizeParts;
  /** All findings of requests that are not remarkably long, with enough to cache and with too little. */
  readonly usual: { enough?: RequestLine['findings']; short?: RequestLine['findings'] };
}

/** What is known of a line of this template by what its holes hold; undefined where that is not surely one. */
export function analysisBy(
  template: Template,
  content: LineContent,
  bytes: number,
  context: Context,
): RequestLine | undefined {
  if (!hasOwnNames(template, content)) return undefined;
  const { estimate, size } = sized(template.size, context.models, {
    text: textIn(content, template.weighing, template.inSystem),
    cachedText: textIn(content, template.cached, template.inSystem),
    maxTokens: template.maxTokensAt === undefined ? undefined : content.figures[template.maxTokensAt],
  });
  const facts = { customId: content.words[template.idAt], model: template.model, estimate };
  const findings = size ? findingsBy(template, size, context) : template.findings;
  return { kind: 'request', findings, bytes, facts };
}

function textIn({ figures, foreign }: LineContent, holes: readonly number[], inSystem: readonly number[]): MoreText {
  return { weight: sumOf(holes, figures), foreign: sumOf(holes, foreign), system: sumOf(inSystem, figures) };
}

function sumOf(positions: readonly number[], figures: readonly number[]): number {
  let sum = 0;
  for (let i = 0; i < positions.length; i++) sum += figures[positions[i]!]!;
  return sum;
}

/** Whether different names are different in this line too, and stand nowhere else in it. */
function hasOwnNames({ names, pieces }: Template, { words }: LineContent): boolean {
  if (names.length === 0) return true;
  const own = names.map((at) => words[at]!);
  return new Set(own).size === own.length && !own.some((name) => pieces.some((piece) => piece.includes(name)));
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
