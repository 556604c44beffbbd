import type { Model, ModelTable } from './models';
import { type EstimateTotals, total } from './totals';

/** What the requests of a file would cost with one model, if all of them named it. */
export interface ComparedModel {
  /** The model's id. */
  readonly model: string;
  readonly estimate: EstimateTotals;
  /** Requests that this model would refuse, and that are not refused as they are. */
  readonly refused: number;
}

/** What a file costs as it is, and with each model that can be bought, cheapest first. Plain data. */
export interface ModelComparison {
  readonly now: EstimateTotals;
  readonly models: readonly ComparedModel[];
}

/** What judging a whole file by one table of models comes to. */
export interface JudgedWhole {
  readonly estimate: EstimateTotals;
  /** 0-based lines with an error. */
  readonly refused: ReadonlySet<number>;
}

/**
 * Has a file judged as it is and once for each model, by a table in which that model stands in for all others: tokens, prices
 * and rules are then those of that model. Throws what `judge` throws.
 */
export async function compareModels(
  table: ModelTable,
  judge: (models: ModelTable, done: number, of: number) => Promise<JudgedWhole>,
): Promise<ModelComparison> {
  const offered = table.models.filter(isOffered);
  const of = offered.length + 1;
  const now = await judge(table, 0, of);
  const models: ComparedModel[] = [];
  for (const { id } of offered) {
    const { estimate, refused } = await judge(table.as(id), models.length + 1, of);
    models.push({ model: id, estimate, refused: [...refused].filter((line) => !now.refused.has(line)).length });
  }
  return { now: now.estimate, models: models.sort((a, b) => expectedUsd(a) - expectedUsd(b)) };
}

/** Whether it can be bought for some time. */
export function isOffered({ status, price_usd_per_mtok: price }: Model): boolean {
  return status === 'active' && price !== null;
}

function expectedUsd({ estimate: { usd } }: ComparedModel): number {
  return usd ? total(usd).expected : Number.POSITIVE_INFINITY;
}
