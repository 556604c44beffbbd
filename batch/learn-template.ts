import type { Context } from './context';
import { familyOf } from './cost/models';
import { type Family, TextScale, textWeights } from './cost/text-weights';
import type { InputParts, MoreText } from './cost/tokens';
import { parseTree } from './json-tree';
import { isLegalId } from './line-content';
import { judgeLine } from './lint';
import type { SizeParts } from './request-size';
import type { Template } from './template';
import { type Hole, type HoleAt, holesOf, type SettingField } from './template-holes';

const SHORTEST = 'x';
/** Longer than what any field holds that is no prompt. */
const LONG = '漢 '.repeat(150);
/** Where rules about a setting may change their mind, in order. */
const BOUNDS: Readonly<Record<SettingField, readonly number[]>> = {
  max_tokens: [1, 1024, 2047, 2048, 8192, 32_000, 64_000],
  temperature: [0, 0.5, 1],
};
/** What one template may take, so that lines which have little in common are not all kept. */
const MOST_HOLES = 512;
const MOST_FIXED_LENGTH = 1 << 16;

/**
 * The template of a line: what is found in it is true of every line that differs from it only in what its holes hold. To be
 * sure, the line is judged again with other contents, and where that makes any difference it is no template.
 */
export function templateOf(text: string, context: Context): Template | undefined {
  const { findings, request } = judgeLine(text, context);
  const isPlain = findings.every(({ place }) => place.at !== 'text');
  if (!request?.isJudged || !isLegalId(request.customId) || !isPlain) return undefined;
  const { estimate, cached } = request.size;
  const family = familyOf(estimate.model);
  const found = holesOf(parseTree(text), family, cached?.path);
  const pieces = around(text, found);
  const fixedLength = pieces.reduce((sum, piece) => sum + piece.length, 0);
  if (found.length > MOST_HOLES || fixedLength > MOST_FIXED_LENGTH) return undefined;
  const said = JSON.stringify(findings);
  const isSame = (contents: readonly string[]) =>
    JSON.stringify(judgeLine(joined(pieces, contents), context).findings) === said;
  const holes = tried(found, text, isSame);
  if (!holes) return undefined;
  const weighing = positions(found, ({ weighs }) => weighs);
  const before = positions(found, ({ weighs, isCached }) => weighs && isCached);
  const held = (at: readonly number[]) =>
    textIn(
      at.map((each) => found[each]!),
      family,
    );
  return {
    pieces,
    holes,
    idAt: holes.findIndex(({ kind }) => kind === 'id'),
    maxTokensAt: positions(found, ({ field }) => field === 'max_tokens')[0],
    weighing,
    cached: before,
    inSystem: positions(found, ({ weighs, isSystem }) => weighs && isSystem),
    names: positions(found, ({ hole }, at) => hole.kind === 'name' && hole.first === at),
    model: request.model,
    findings,
    size: less(request.size, held(weighing), held(before)),
    usual: {},
  };
}

/** The holes, where other contents change nothing in what is found, with settings as wide as changes nothing either. */
function tried(
  found: readonly HoleAt[],
  text: string,
  isSame: (contents: readonly string[]) => boolean,
): Hole[] | undefined {
  const short = found.map((hole) => likeIn(hole, SHORTEST, text));
  if (!isSame(short) || !isSame(found.map((hole) => likeIn(hole, LONG, text)))) return undefined;
  return found.map((hole, at) => wide(hole, (value) => isSame(short.with(at, String(value)))));
}

function positions(holes: readonly HoleAt[], is: (hole: HoleAt, at: number) => boolean): number[] {
  return holes.flatMap((hole, at) => (is(hole, at) ? [at] : []));
}

/** What stands before, between and after what the holes hold. */
function around(text: string, holes: readonly HoleAt[]): string[] {
  const spans = holes.map(({ node }) => spanOf(node));
  return [...spans, { start: text.length, end: 0 }].map(({ start }, i) => text.slice(spans[i - 1]?.end ?? 0, start));
}

function joined(pieces: readonly string[], contents: readonly string[]): string {
  return pieces.map((piece, i) => piece + (contents[i] ?? '')).join('');
}

function spanOf({ type, offset, length }: HoleAt['node']): { start: number; end: number } {
  const quote = type === 'string' ? 1 : 0;
  return { start: offset + quote, end: offset + length - quote };
}

function writtenIn({ node }: HoleAt, text: string): string {
  const { start, end } = spanOf(node);
  return text.slice(start, end);
}

/** What holes hold, as the model reads it. */
function textIn(holes: readonly HoleAt[], family: Family): MoreText {
  const scale = new TextScale(textWeights[family]);
  let system = 0;
  for (const { node, isSystem } of holes) {
    const before = scale.weight;
    scale.add(String(node.value));
    if (isSystem) system += scale.weight - before;
  }
  return { weight: scale.weight, foreign: scale.foreign, system };
}

/** Something else that a hole may hold. */
function likeIn(each: HoleAt, probe: string, text: string): string {
  switch (each.hole.kind) {
    case 'text':
      return probe;
    case 'name':
      return `name-${each.hole.first}`;
    case 'figure':
      return String(probe.length);
    case 'setting':
      return writtenIn(each, text);
    default:
      return 'x';
  }
}

/** A setting may be as far from what it is as changes nothing on the way. */
function wide({ hole, field }: HoleAt, isSameWith: (value: number) => boolean): Hole {
  if (hole.kind !== 'setting' || !field) return hole;
  const above = BOUNDS[field].filter((bound) => bound > hole.most);
  const below = BOUNDS[field].filter((bound) => bound < hole.least).reverse();
  return {
    ...hole,
    least: furthest(below, isSameWith) ?? hole.least,
    most: furthest(above, isSameWith) ?? hole.most,
  };
}

function furthest(bounds: readonly number[], isSameWith: (value: number) => boolean): number | undefined {
  const end = bounds.findIndex((bound) => !isSameWith(bound));
  return bounds[(end < 0 ? bounds.length : end) - 1];
}

function less({ estimate, cached, ...rest }: SizeParts, text: MoreText, cachedText: MoreText): SizeParts {
  return {
    ...rest,
    estimate: { ...estimate, input: without(estimate.input, text) },
    cached: cached && { ...cached, prefix: without(cached.prefix, cachedText) },
  };
}

function without(input: InputParts, { weight, foreign, system }: MoreText): InputParts {
  return {
    ...input,
    weight: {
      ...input.weight,
      system: input.weight.system - system,
      messages: input.weight.messages - (weight - system),
    },
    text: input.text - weight,
    foreign: input.foreign - foreign,
  };
}
