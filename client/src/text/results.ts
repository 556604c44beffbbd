import type { RequestEstimate } from '../../../batch/cost/estimate';
import { total } from '../../../batch/cost/totals';
import { count, usd } from '../../../batch/wording';
import { answerTextOf, firstWords } from '../../../results/answer-text';
import type { Facet, Facets } from '../../../results/facets';
import { OUTCOME_LABELS } from '../../../results/outcome';
import type { TableRow } from '../../../results/results-table';
import { visible } from '../../../results/visible';
import type { Choice, RowView } from '../webview/messages';
import { noticeOf } from './answer';

/** What is known of a row's request. */
export interface Beside {
  /** 0-based. */
  readonly line: number | undefined;
  readonly fields: readonly string[];
  readonly estimate: RequestEstimate | null;
}

/** A row of the table in words. `value` is the parsed row. */
export function rowView(row: TableRow, value: unknown, { line, fields, estimate }: Beside): RowView {
  const { outcome, stopReason, fault, tokens, usd: cost } = row;
  return {
    customId: visible(row.customId ?? ''),
    outcome,
    status: OUTCOME_LABELS[outcome],
    stopReason: visible(stopReason ?? fault?.type ?? ''),
    words: visible(firstWords(answerTextOf(value) || noticeOf(row))),
    tokens: tokens ? `${count(tokens.input + tokens.cacheRead + tokens.cacheWritten)} → ${count(tokens.output)}` : '',
    cost: cost === null ? '' : usd(cost),
    estimated: estimate?.usd ? usd(total(estimate.usd).expected) : '',
    line: line === undefined ? '' : String(line + 1),
    fields: fields.map(visible),
  };
}

/** What can be filtered by, with how many rows there are of each. */
export function choicesOf({ outcomes, faults, stopReasons }: Facets): {
  outcomes: Choice[];
  faults: Choice[];
  stopReasons: Choice[];
} {
  const named = ({ value, count: rows }: Facet, label: string = value): Choice => ({
    value,
    label: `${visible(firstWords(label, 120))} (${count(rows)})`,
  });
  return {
    outcomes: outcomes.map((facet) => named(facet, OUTCOME_LABELS[facet.value])),
    faults: faults.slice(0, MOST_CHOICES).map((facet) => named(facet)),
    stopReasons: stopReasons.slice(0, MOST_CHOICES).map((facet) => named(facet)),
  };
}

/** A list that is longer than a screen is not read; what is rarer is found by its text. */
const MOST_CHOICES = 50;
