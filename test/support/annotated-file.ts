import { TextDecoder, TextEncoder } from 'node:util';
import type { LineAnalysis, LineFacts, RequestLine } from '../../batch/analysis';
import { applyChanges, toTextChanges } from '../../batch/apply-edits';
import type { Context } from '../../batch/context';
import { cacheLens } from '../../batch/cost/cache-lens';
import { lowerPrice } from '../../batch/cost/lower-price';
import { TokensByModel } from '../../batch/cost/model-tokens';
import { differenceIn } from '../../batch/difference';
import type { Edit } from '../../batch/edit';
import { duplicatesOf, fileFindings, viewOf } from '../../batch/file-findings';
import type { FileFinding, Finding, Place } from '../../batch/finding';
import { likenessOf, nanoUsdOf, repeatedAmong } from '../../batch/likeness';
import { MAX_REQUESTS } from '../../batch/limits';
import { analyseLine, type LineReading } from '../../batch/lint';
import { mendLine } from '../../batch/mend-line';
import { fileRules } from '../../batch/rules';
import type { FileView } from '../../batch/rules/rule';
import { idEdit, idToMend, type Renaming, uniqueIds } from '../../batch/unique-ids';
import { drawFindings, isProse } from './annotation';

/*
 * In the lines of a file, signs in angle brackets stand for what a fixture cannot show:
 *
 *     ⟨LF⟩        alone: an empty line
 *     ⟨CR⟩        at the end: the line ends with a carriage return alone
 *     ⟨E9⟩        the byte
 *     ⟨3000 x⟩    3,000 times an x
 *     ⟨×100001⟩   at the end: so many such lines, ⟨n⟩ in each being its number
 *
 * What is found beyond the first of such lines has its number in brackets. `//>` alone is a line that goes.
 */

/** A line as the fixture has it, and what it stands for. */
interface Source {
  readonly written: string;
  /** The first of its lines, as it reads. */
  readonly text: string;
  readonly reading: LineReading;
  /** 0-based number of the first of its lines, and how many there are. */
  readonly from: number;
  readonly times: number;
  readonly analysis: LineAnalysis;
}

/** What is found in a file and in its lines; of lines that repeat, in the first. */
export function findingsOfFile(lines: readonly string[], context: Context): readonly Finding[] {
  const sources = sourcesOf(lines, context);
  const whole = fileFindings(viewOfTheWhole(sources, context), context);
  return [...sources.flatMap(({ analysis }) => analysis.findings), ...whole];
}

/** The lines of a file, with what is said of each under it and what the fixes make of it. */
export function drawFile(lines: readonly string[], context: Context): string[] {
  const sources = sourcesOf(lines, context);
  const view = viewOfTheWhole(sources, context);
  const whole = fileFindings(view, context);
  const renamings = newIds(sources);
  const under = sources.map((source) => {
    const own = whole.filter(({ line }) => line >= source.from && line < source.from + source.times);
    const counted = own.map((finding) => withNumber(finding, source));
    return [
      source.written,
      ...drawFindings(source.text, [
        ...source.analysis.findings,
        ...counted.map((finding) => ({ ...finding, place: placeIn(finding, source, sources) })),
      ]),
      ...drawMended(source, renamings.get(source.from), view, context),
    ];
  });
  let next = 0;
  // A file without lines is told of before its end.
  const rest = sources.length === 0 ? drawFindings('', whole) : [];
  return [...rest, ...lines.flatMap((line) => (isProse(line) ? [line] : under[next++]!))];
}

function sourcesOf(lines: readonly string[], context: Context): Source[] {
  let from = 0;
  return lines
    .filter((line) => !isProse(line))
    .map((written) => {
      const times = Number(/⟨×(\d+)⟩$/.exec(written)?.[1] ?? 1);
      const { text, invalidUtf8 } = decoded(written.replace(/⟨×\d+⟩$|⟨CR⟩$|^⟨LF⟩$/, '').replaceAll('⟨n⟩', '1'));
      const reading = { invalidUtf8, bareCr: written.endsWith('⟨CR⟩') };
      const source = { written, text, reading, from, times, analysis: analyseLine(text, context, reading) };
      from += times;
      return source;
    });
}

function decoded(written: string): { text: string; invalidUtf8: boolean } {
  const full = written.replace(/⟨(\d+) (.)⟩/gu, (_, times: string, one: string) => one.repeat(Number(times)));
  const parts = full.split(/⟨([0-9A-F]{2})⟩/);
  const bytes = parts.flatMap((part, index) =>
    index % 2 === 1 ? [Number.parseInt(part, 16)] : [...new TextEncoder().encode(part)],
  );
  const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(Uint8Array.from(bytes));
  return { text, invalidUtf8: text.includes('\uFFFD') };
}

function viewOfTheWhole(sources: readonly Source[], context: Context): FileView {
  const ids: (string | undefined)[] = [];
  let requests = 0;
  let bytes = 0;
  let firstLineOver: number | null = null;
  const tokens = new TokensByModel();
  // Lines that are written once and stand for many are neither the same nor of the same id.
  const ones: (RequestLine | undefined)[] = [];
  for (const { analysis, from, times, written } of sources) {
    const one = analysis.kind === 'request' && !written.includes('⟨n⟩') ? analysis : undefined;
    for (let line = from; line < from + times; line++) {
      ids.push(one?.facts.customId);
      ones.push(one);
      if (analysis.kind === 'request') tokens.count(analysis.facts.model, analysis.facts.estimate, 1);
    }
    if (analysis.kind === 'blank') continue;
    if (requests <= MAX_REQUESTS && requests + times > MAX_REQUESTS) firstLineOver = from + MAX_REQUESTS - requests;
    requests += times;
    bytes += times * analysis.bytes;
  }
  const repeated = new Set(ids.filter((id, line) => id !== undefined && ids.indexOf(id) < line) as string[]);
  const prefixes = sources.flatMap(({ analysis, times }) =>
    Array.from({ length: times }, () => (analysis.kind === 'request' ? analysis.facts.prefixes : undefined)),
  );
  const cache = cacheLens(prefixes, context.models);
  const duplicates = duplicatesOf(ids, repeated);
  const ofEach = (figure: (request: RequestLine) => number) => ones.map((one) => (one ? figure(one) : 0));
  const textOf = (line: number) => sources.findLast(({ from }) => from <= line)?.text ?? '';
  const same = repeatedAmong(ofEach(likenessOf), ofEach(nanoUsdOf), textOf);
  return viewOf({
    ...{ requests, bytes, duplicates, firstLineOver, cache, repeated: same },
    lowerPrice: lowerPrice(tokens.all, context.models),
  });
}

/** A place that another line is needed for, found. */
function placeIn({ place }: FileFinding | Finding, { text }: Source, sources: readonly Source[]): Place {
  if (place.at !== 'difference') return place;
  const other = sources.find(({ from, times }) => place.from >= from && place.from < from + times);
  return { at: 'text', ...differenceIn(text, other?.text ?? '', place.path) };
}

function mendsOf(facts: LineFacts, view: FileView): Edit[] {
  return fileRules.flatMap(({ mend }) => mend?.(facts, view) ?? []);
}

function withNumber(finding: FileFinding, { from }: Source): Finding {
  return finding.line === from ? finding : { ...finding, message: `[line ${finding.line + 1}] ${finding.message}` };
}

/** By line. */
function newIds(sources: readonly Source[]): ReadonlyMap<number, Renaming> {
  const ids = sources.map(({ text }) => idToMend(text));
  const renamings = uniqueIds(ids, { illegal: false, repeated: true });
  return new Map(renamings.map((renaming) => [sources[renaming.line]!.from, renaming]));
}

function drawMended(
  { text, reading, analysis }: Source,
  renaming: Renaming | undefined,
  view: FileView,
  context: Context,
): string[] {
  if (reading.invalidUtf8) return [];
  const named = renaming ? applyChanges(text, toTextChanges(text, [idEdit(renaming)])) : text;
  const together = analysis.kind === 'request' ? mendsOf(analysis.facts, view) : [];
  const mended = mendLine(applyChanges(named, toTextChanges(named, together)), context, () => true);
  if (mended === null) return ['//>'];
  return mended === text
    ? []
    : [`//> ${mended.replace(/(.)\1{99,}/gu, (run, one: string) => `⟨${[...run].length} ${one}⟩`)}`];
}
