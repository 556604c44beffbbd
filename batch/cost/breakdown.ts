import type { LineFacts } from '../analysis';
import { cacheLens } from './cache-lens';
import type { CachePrefixes } from './cache-prefixes';
import type { CacheSavings } from './cache-savings';
import type { Calibration } from './calibration';
import type { Cost, RequestEstimate } from './estimate';
import type { ModelTable } from './models';
import type { PartTokens } from './tokens';
import { addEstimate, type EstimateTotals, type GrowingTotals, newTotals, total } from './totals';

/** What the requests of a file cost, by what they are made of. Plain data: it is sent to the client. */
export interface CostBreakdown {
  readonly total: PartedCost;
  /** As written, dearest first. */
  readonly models: readonly ModelCost[];
  /** Dearest first. */
  readonly dearest: readonly DearRequest[];
  /** What caching does for the whole. */
  readonly caching: CacheSavings;
}

/** What requests cost, and how their input is divided. */
export interface PartedCost {
  readonly estimate: EstimateTotals;
  /** Tokens of the input by part, as expected. */
  readonly tokens: PartTokens;
  /** USD of the input by part, as expected in a batch. */
  readonly usd: PartTokens;
}

export interface ModelCost extends PartedCost {
  readonly model: string;
  /** How the API counted requests of this file and model, where it was asked. */
  readonly calibration: Calibration | null;
}

export interface DearRequest {
  /** 0-based. */
  readonly line: number;
  readonly customId: string | null;
  readonly model: string | null;
  readonly inputTokens: number;
  readonly usd: Cost;
}

const MOST_DEAREST = 10;
const PARTS = ['system', 'tools', 'messages', 'media'] as const;

/** Adds up what the requests of a file cost by part, one by one. */
export class Breakdown {
  readonly #total = newParts();
  readonly #models = new Map<string, GrowingParts>();
  readonly #dearest: DearRequest[] = [];
  /** By line. */
  readonly #prefixes: (CachePrefixes | undefined)[] = [];

  constructor(private readonly table: ModelTable) {}

  /** Takes the request on a 0-based line. */
  add(line: number, { customId, model, estimate, prefixes }: LineFacts): void {
    this.#prefixes[line] = prefixes;
    addParts(this.#total, estimate);
    if (model !== undefined) {
      const parts = this.#models.get(model) ?? newParts();
      this.#models.set(model, parts);
      addParts(parts, estimate);
    }
    const { inputTokens, usd } = estimate;
    this.#rank({ line, customId: customId ?? null, model: model ?? null, inputTokens: inputTokens.expected, usd });
  }

  finish(): CostBreakdown {
    const models = [...this.#models].map(([model, parts]): ModelCost => {
      const id = this.table.find(model)?.id ?? model;
      return { ...parts, model, calibration: this.table.calibration(id) ?? null };
    });
    return {
      total: this.#total,
      models: models.sort((a, b) => expectedUsd(b) - expectedUsd(a)),
      dearest: this.#dearest,
      caching: cacheLens(Array.from(this.#prefixes), this.table).savings,
    };
  }

  /** Of equals the first counts. */
  #rank(request: Omit<DearRequest, 'usd'> & { readonly usd: Cost | null }): void {
    const { usd } = request;
    if (!usd) return;
    const amount = total(usd).expected;
    const last = this.#dearest.at(-1);
    if (this.#dearest.length === MOST_DEAREST && last && amount <= total(last.usd).expected) return;
    const at = this.#dearest.findIndex((other) => total(other.usd).expected < amount);
    this.#dearest.splice(at < 0 ? this.#dearest.length : at, 0, { ...request, usd });
    this.#dearest.length = Math.min(this.#dearest.length, MOST_DEAREST);
  }
}

interface GrowingParts {
  readonly estimate: GrowingTotals;
  readonly tokens: Record<keyof PartTokens, number>;
  readonly usd: Record<keyof PartTokens, number>;
}

function newParts(): GrowingParts {
  const nothing = { system: 0, tools: 0, messages: 0, media: 0 };
  return { estimate: newTotals(), tokens: { ...nothing }, usd: { ...nothing } };
}

/** Each token of a prompt has the same price, so that a part has its share of what the input costs. */
function addParts(sum: GrowingParts, estimate: RequestEstimate): void {
  addEstimate(sum.estimate, estimate);
  const { inputParts, usd } = estimate;
  const tokens = PARTS.reduce((all, part) => all + inputParts[part], 0);
  const perToken = usd && tokens > 0 ? usd.input.expected / tokens : 0;
  for (const part of PARTS) {
    sum.tokens[part] += inputParts[part];
    sum.usd[part] += inputParts[part] * perToken;
  }
}

function expectedUsd({ estimate: { usd } }: PartedCost): number {
  return usd ? total(usd).expected : 0;
}
