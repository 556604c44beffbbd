import type { Context } from '../context';
import { type InputParts, type MoreText, NO_MORE } from '../cost/tokens';
import type { JsonObject } from '../json';
import { analysisOf, type JudgedLine, judgeLine } from '../lint';
import type { SizeParts } from '../request-size';
import { utf8Bytes } from '../utf8';
import { type LineBytes, PADDING } from './line-reader';
import { MovedFindings, OF_MESSAGES, OF_OTHERS, type PlacedRun } from './moved';
import type { Outline } from './outline';
import { type LineParts, lineLike, textAround, type Wanted } from './probes';
import type { RequestReader } from './request-reader';
import type { Run } from './runs';
import { analysisBy, type Bounds, cachedTextIn, type Growth, isOf, type Template, textIn } from './template';
import { TemplatePrefixes } from './template-prefixes';

const SHORTEST = 'x';
/** Longer than what any field holds that is no prompt. */
const LONG = '漢 '.repeat(150);
/** Where rules may change their mind about `max_tokens`: values between two of these are tried by the first and the last. */
const WIDE = [1, 32_001, 64_001, 128_001];
const COARSE = [1, 256, 1024, 32_001, 64_001, 128_001];
const FINE = [1, 256, 1024, 2048, 4096, 8192, 16_384, 32_001, 64_001, 128_001];
const ANY_TEMPERATURE: Bounds = { least: 0, most: 1 };
/** What a rule says of another temperature than the usual one it says of all. */
const UNUSUAL: Bounds = { least: 0, most: 0.999999 };
/** The unit of a run may come so many times more than it does. */
const MORE_UNITS = 8;
/** What one template may have, so that lines which have little in common are not all kept. */
const MOST_HOLES = 1024;
const MOST_RUNS = 3;

/** How much other lines may differ: where a template does not hold for many, one for fewer may. */
interface Freedom {
  /** The settings that do not change are exactly as they are. */
  readonly maxTokens: readonly number[];
  readonly temperature: Bounds | undefined;
  readonly counts: boolean;
}

const FREEDOMS: readonly Freedom[] = [true, false].flatMap((counts) => [
  ...[WIDE, COARSE, FINE].flatMap((maxTokens) => [
    { counts, maxTokens, temperature: ANY_TEMPERATURE },
    { counts, maxTokens, temperature: UNUSUAL },
  ]),
  { counts, maxTokens: [], temperature: undefined },
]);

/** The settings and counts of the lines of a template. */
interface Range {
  readonly maxTokens: Bounds | undefined;
  readonly temperature: Bounds | undefined;
  readonly counts: readonly Bounds[];
}

/** A line that was judged by itself. */
export interface JudgedText {
  readonly text: string;
  readonly line: LineBytes;
  readonly judged: JudgedLine;
}

/**
 * The template of a line that was judged: it holds for all lines of the same outline. To be sure, others are made, with
 * other contents, settings and counts, and judged by themselves: where the template does not say of all what is found in
 * them, it is none. `reader` reads all of them, and knows the same long values as the one that read the line.
 */
export function templateOf(known: JudgedText, reader: RequestReader, context: Context): Template | undefined {
  const { outline } = reader;
  outline.isTraced = true;
  const { findings, request } = known.judged;
  if (!request?.isJudged || findings.some(({ place }) => place.at === 'text')) return undefined;
  if (!reader.read(known.line) || outline.customId === undefined) return undefined;
  const { spans, runs, maxTokens, temperature } = outline;
  if (spans.length > MOST_HOLES || runs.found.length > MOST_RUNS) return undefined;
  const parts: LineParts = { ...known.line, spans: [...spans].sort((a, b) => a.from - b.from), runs: [...runs.found] };
  for (const freedom of FREEDOMS) {
    if (!freedom.counts && parts.runs.length === 0) continue;
    if (freedom.temperature === UNUSUAL && Number.isNaN(temperature)) continue;
    const template = templateIn(rangeOf(parts, { maxTokens, temperature }, freedom), known, parts, reader, context);
    if (template) return template;
  }
  return undefined;
}

function rangeOf(
  { runs }: LineParts,
  { maxTokens, temperature }: { readonly maxTokens: number; readonly temperature: number },
  freedom: Freedom,
): Range {
  const above = freedom.maxTokens.findIndex((bound) => bound > maxTokens);
  const between = above > 0 && { least: freedom.maxTokens[above - 1]!, most: freedom.maxTokens[above]! - 1 };
  return {
    maxTokens: around(maxTokens, between || undefined),
    temperature: around(temperature, freedom.temperature),
    counts: runs.map(({ count }) =>
      freedom.counts ? { least: 2, most: count + MORE_UNITS } : { least: count, most: count },
    ),
  };
}

/** The bounds, where the value is within them; otherwise that value alone. */
function around(value: number, bounds: Bounds | undefined): Bounds | undefined {
  if (Number.isNaN(value)) return undefined;
  return bounds && value >= bounds.least && value <= bounds.most ? bounds : { least: value, most: value };
}

/** What holds for all lines with the outline of this one in the range; undefined where nothing does. */
function templateIn(
  range: Range,
  known: JudgedText,
  parts: LineParts,
  reader: RequestReader,
  context: Context,
): Template | undefined {
  const probes: JudgedText[] = [];
  const sizes: SizeParts[] = [];
  for (const wanted of probesIn(range)) {
    const text = lineLike(parts, wanted);
    const judged = judgeLine(text, context);
    const line = bytesOf(text);
    if (judged.findings.length !== known.judged.findings.length || !judged.request || !reader.read(line))
      return undefined;
    probes.push({ text, line, judged });
    sizes.push(less(judged.request.size, reader.outline));
  }
  const [size, , ...grown] = sizes;
  if (!size) return undefined;
  const ofRuns = range.counts.length === 1 ? [sizes[1]!] : grown;
  const template: Template = {
    ...range,
    growth: range.counts.map(({ least, most }, i) => growth(size, ofRuns[i]!, Math.max(1, most - least))),
    placedRuns: placedRuns(parts.runs, range.counts),
    moved: new MovedFindings(),
    fixedText: textAround(parts),
    model: known.judged.request!.model,
    findings: probes[0]!.judged.findings,
    size,
    prefixes: prefixesLike(known),
    usual: {},
  };
  return [...probes, known].every((each) => holdsFor(template, each, reader, context)) ? template : undefined;
}

function prefixesLike({ text, judged: { request } }: JudgedText): TemplatePrefixes | undefined {
  const { model, input } = request!.size.estimate;
  const { params } = JSON.parse(text) as { readonly params: JsonObject };
  return model && new TemplatePrefixes(params, model, input.calibration);
}

/** With the least of all and the longest texts, with the most of all, and, where there are several runs, with the most of each. */
function probesIn({ maxTokens, temperature, counts }: Range): Wanted[] {
  const least = counts.map((count) => count.least);
  const settled = (text: string, side: 'least' | 'most', counts: readonly number[]): Wanted => ({
    text,
    maxTokens: String(maxTokens?.[side]),
    temperature: String(temperature?.[side]),
    counts,
  });
  return [
    settled(LONG, 'least', least),
    settled(
      SHORTEST,
      'most',
      counts.map((count) => count.most),
    ),
    ...(counts.length > 1 ? counts.map(({ most }, i) => settled(SHORTEST, 'least', least.with(i, most))) : []),
  ];
}

/** Where runs end in a line in which each is shortest. */
function placedRuns(runs: readonly Run[], counts: readonly Bounds[]): PlacedRun[] {
  const placed: PlacedRun[] = [];
  /** Elements that go, of messages and of the blocks of each message. */
  const fewer = new Map<number, number>();
  runs.forEach(({ first, size, count, owner }, i) => {
    if (owner === OF_OTHERS) return;
    const { least } = counts[i]!;
    const before = fewer.get(owner) ?? 0;
    fewer.set(owner, before + size * (count - least));
    const ownerThen = owner === OF_MESSAGES ? owner : owner - (fewer.get(OF_MESSAGES) ?? 0);
    placed.push({ owner: ownerThen, end: first - before + size * least, size, count: least });
  });
  return placed;
}

/** Whether it says of a line what is found in that by itself. */
function holdsFor(
  template: Template,
  { text, line, judged }: JudgedText,
  reader: RequestReader,
  context: Context,
): boolean {
  if (!reader.read(line) || reader.outline.runs.found.length !== template.counts.length) return false;
  if (!isOf(template, reader.outline)) return false;
  const bytes = line.to - line.from;
  const known = analysisBy(template, reader.outline, line, context);
  return JSON.stringify(known) === JSON.stringify(analysisOf(text, judged, context, { bytes }));
}

function bytesOf(text: string): LineBytes {
  const bytes = utf8Bytes(text, PADDING);
  return { memory: new DataView(bytes.buffer), from: 0, to: bytes.length - PADDING };
}

/** What one more of a unit adds, by what so many more add. */
function growth(size: SizeParts, grown: SizeParts, times: number): Growth {
  const of = (more: InputParts, less: InputParts): MoreText => {
    const text = more.text - less.text;
    const all = more.weight.system - less.weight.system + more.weight.messages - less.weight.messages;
    return {
      weight: text / times,
      foreign: (more.foreign - less.foreign) / times,
      system: (more.weight.system - less.weight.system) / times,
      frames: (all - text) / times,
    };
  };
  return {
    text: of(grown.estimate.input, size.estimate.input),
    cachedText: size.cached && grown.cached ? of(grown.cached.prefix, size.cached.prefix) : NO_MORE,
  };
}

/** The size of all but what the holes hold. */
function less({ estimate, cached, ...rest }: SizeParts, outline: Outline): SizeParts {
  return {
    ...rest,
    estimate: { ...estimate, input: without(estimate.input, textIn(outline)) },
    cached: cached && { ...cached, prefix: without(cached.prefix, cachedTextIn(outline, cached.path)) },
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
