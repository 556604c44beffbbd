import type { LineFacts } from '../analysis';

/** Requests of one model that stand for all of that model when tokens are counted. Plain data: it is sent to the client. */
export interface ModelSample {
  /** The model's id. */
  readonly model: string;
  /** Requests that they stand for. */
  readonly of: number;
  /** 0-based, ascending. */
  readonly lines: readonly number[];
}

/** So many requests of a model tell what the others of it are like … */
const MOST_OF_A_MODEL = 20;
/** … and no more than these are counted of a file: more models share them. */
const MOST_OF_A_FILE = 60;
const LEAST_OF_A_MODEL = 3;

/** Gathers what a sample is chosen by, request by request. */
export class Sampling {
  readonly #byModel = new Map<string, Candidate[]>();

  /** Takes a request whose model is known under the id `model`. */
  add(line: number, model: string, { estimate: { inputParts, inputTokens } }: LineFacts): void {
    const { system, tools, media } = inputParts;
    const kind = (media > 0 ? 4 : 0) + (tools > 0 ? 2 : 0) + (system > 0 ? 1 : 0);
    const candidates = this.#byModel.get(model);
    const candidate = { line, kind, tokens: inputTokens.expected };
    if (candidates) candidates.push(candidate);
    else this.#byModel.set(model, [candidate]);
  }

  /** Models with most requests first. */
  choose(): ModelSample[] {
    const models = [...this.#byModel].sort(([, a], [, b]) => b.length - a.length);
    const share = Math.floor(MOST_OF_A_FILE / Math.max(1, models.length));
    const each = Math.min(MOST_OF_A_MODEL, Math.max(LEAST_OF_A_MODEL, share));
    return models
      .slice(0, MOST_OF_A_FILE / LEAST_OF_A_MODEL)
      .map(([model, candidates]) => ({ model, of: candidates.length, lines: linesOf(candidates, each) }));
  }
}

interface Candidate {
  readonly line: number;
  /** Which parts it has. */
  readonly kind: number;
  readonly tokens: number;
}

/** In order of kind and size the file is cut into slices of one length, and the middle of each stands for it. */
function linesOf(candidates: readonly Candidate[], most: number): number[] {
  const inOrder = [...candidates].sort((a, b) => a.kind - b.kind || a.tokens - b.tokens || a.line - b.line);
  const slices = Math.min(most, inOrder.length);
  const middles = Array.from({ length: slices }, (_, i) => Math.floor(((i + 0.5) * inOrder.length) / slices));
  return middles.flatMap((at) => inOrder[at]?.line ?? []).sort((a, b) => a - b);
}
