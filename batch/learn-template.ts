import type { RequestLine } from './analysis';
import type { Context } from './context';
import { estimateParts } from './cost/estimate';
import { familyOf, weightOf } from './cost/tokens';
import { isObject, type JsonObject } from './json';
import { parseTree } from './json-tree';
import { judgeLine } from './lint';
import { isLegalId, type Template } from './template';
import { type HoleAt, holesOf } from './template-holes';
import { utf8Bytes } from './utf8';

/** The shortest text, and the longest that is taken for a template's. */
const SHORTEST = 'x';
const LONGEST = '漢'.repeat(20_000);

/**
 * The template of a line that was judged: what was found in it is true of every line that differs from it only in what its
 * holes are filled with. To be sure, the line is judged again with the shortest and with the longest of texts in them, and
 * where that makes any difference it is no template.
 */
export function templateOf(text: string, { findings, facts }: RequestLine, context: Context): Template | undefined {
  if (!isLegalId(facts.customId) || findings.some(({ place }) => place.at === 'text')) return undefined;
  const holes = holesOf(parseTree(text));
  const pieces = around(text, holes);
  const said = JSON.stringify(findings);
  for (const probe of [SHORTEST, LONGEST])
    if (JSON.stringify(judgeLine(filled(pieces, holes, probe), context).findings) !== said) return undefined;
  const parts = estimateParts(paramsOf(text), context.models);
  const family = familyOf(parts.model);
  const own = holes.reduce((sum, hole) => sum + weightIn(hole, (it) => weightOf(it, family)), 0);
  return {
    pieces: pieces.map((piece) => new DataView(utf8Bytes(piece).buffer)),
    holes: holes.map(({ hole }) => hole),
    fixedText: pieces.join(''),
    model: facts.model,
    findings,
    estimate: { ...parts, input: { ...parts.input, text: parts.input.text - own } },
    heaviest: weightOf(LONGEST, family),
  };
}

/** What stands before, between and after the contents of the holes. */
function around(text: string, holes: readonly HoleAt[]): string[] {
  const begins = holes.map(({ node }) => node.offset + 1);
  const ends = holes.map(({ node }) => node.offset + node.length - 1);
  return [...begins, text.length].map((begin, i) => text.slice(ends[i - 1] ?? 0, begin));
}

/** The line with `probe` for each text, and with other names. */
function filled(pieces: readonly string[], holes: readonly HoleAt[], probe: string): string {
  const names = [...new Set(holes.map(({ hole }) => (hole.kind === 'name' ? hole.group : '')))];
  const contents = holes.map(({ hole: { kind, ...rest } }) => {
    if (kind === 'id') return SHORTEST;
    return 'group' in rest ? `name-${names.indexOf(rest.group)}` : probe;
  });
  return pieces.map((piece, i) => piece + (contents[i] ?? '')).join('');
}

function weightIn({ node, hole }: HoleAt, weightOfText: (text: string) => number): number {
  switch (hole.kind) {
    case 'id':
      return 0;
    case 'name':
      return hole.weighs ? weightOfText(String(node.value)) : 0;
    case 'text':
      return weightOfText(String(node.value));
    case 'json':
      return weightOfText(JSON.stringify(node.value).slice(1, -1));
  }
}

function paramsOf(text: string): JsonObject {
  const { params } = JSON.parse(text) as { readonly params?: unknown };
  return isObject(params) ? params : {};
}
