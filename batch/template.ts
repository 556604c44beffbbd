import type { RequestLine } from './analysis';
import { type CharacterWeights, characterWeights } from './cost/character-weights';
import { type EstimateParts, estimateOf } from './cost/estimate';
import type { ModelTable } from './cost/models';
import { familyOf, weightOf } from './cost/tokens';
import { CUSTOM_ID_PATTERN } from './limits';
import type { LineBytes, LineReader } from './line-reader';
import type { Hole } from './template-holes';

/** Lines that differ only in what certain strings of them hold. */
export interface Template {
  /** The UTF-8 bytes before, between and after what the holes hold, quotes included. */
  readonly pieces: readonly DataView[];
  readonly holes: readonly Hole[];
  /** All pieces in one. */
  readonly fixedText: string;
  readonly model: string | undefined;
  readonly findings: RequestLine['findings'];
  /** Of all but what the holes hold. */
  readonly estimate: EstimateParts;
  /** The most that each text in a hole may weigh, in thousandths of a token. */
  readonly heaviest: number;
}

const LEGAL_ID = new RegExp(CUSTOM_ID_PATTERN);

export function isLegalId(id: string | undefined): id is string {
  return id !== undefined && LEGAL_ID.test(id);
}

/** What is known of a line of this template, without parsing it; undefined where it is not surely one. */
export function readLike(
  template: Template,
  line: LineBytes,
  reader: LineReader,
  models: ModelTable,
): RequestLine | undefined {
  const { pieces, holes, model, findings, estimate } = template;
  const content = new Content(template, reader);
  reader.start(line);
  for (let i = 0; i < holes.length; i++) if (!reader.skip(pieces[i]!) || !content.read(holes[i]!)) return undefined;
  if (!reader.skip(pieces[holes.length]!) || reader.at !== line.to || !content.hasOwnNames) return undefined;
  const facts = { customId: content.customId, model, estimate: estimateOf(estimate, models, content.weight) };
  return { kind: 'request', findings, bytes: line.to - line.from, facts };
}

/** What the holes of one line hold. */
class Content {
  customId = '';
  /** Thousandths of a token. */
  weight = 0;
  /** By group. */
  #names: Map<string, string> | undefined;
  readonly #weights: CharacterWeights;

  constructor(
    readonly template: Template,
    readonly reader: LineReader,
  ) {
    this.#weights = characterWeights[familyOf(template.estimate.model)];
  }

  /** Reads what a hole holds; false where that is something else than in other lines of the template. */
  read(hole: Hole): boolean {
    switch (hole.kind) {
      case 'id':
        this.customId = this.reader.readPlain() ?? '';
        return isLegalId(this.customId);
      case 'name':
        return this.#readName(hole.group, hole.weighs);
      default: {
        const weight = this.reader.readText(this.#weights, hole.kind === 'json');
        this.weight += weight;
        return weight >= 0 && weight <= this.template.heaviest;
      }
    }
  }

  /** Whether names of different groups differ, and stand nowhere else in the line. */
  get hasOwnNames(): boolean {
    if (!this.#names) return true;
    const names = [...this.#names.values()];
    return new Set(names).size === names.length && !names.some((name) => this.template.fixedText.includes(name));
  }

  #readName(group: string, weighs: boolean): boolean {
    const name = this.reader.readPlain();
    if (!isLegalId(name)) return false;
    if (weighs) this.weight += weightOf(name, familyOf(this.template.estimate.model));
    this.#names ??= new Map();
    const known = this.#names.get(group) ?? name;
    this.#names.set(group, known);
    return known === name;
  }
}
