/** What the results panel is told and what it answers. Types only: the panel and the extension share no code. */
import type { Outcome } from '../../../results/outcome';
import type { Filter, Sort, SortKey } from '../../../results/query';
import type { Pattern } from '../../../results/search';

export type { Filter, Outcome, Pattern, Sort, SortKey };

/** What is known of the results as a whole; told again while they are read. */
export interface RunView {
  /** Absolute paths that find this again after a reload of the window. */
  readonly source: string;
  readonly results: string;
  /** `tickets, sandbox` */
  readonly title: string;
  readonly total: number;
  /** From 0 to 1. */
  readonly read: number;
  readonly outcomes: readonly Choice[];
  readonly faults: readonly Choice[];
  readonly stopReasons: readonly Choice[];
  /** How many answers do not fit the JSON that was asked for; 0 while that is not known. */
  readonly misfits: number;
  /** Fields of the JSON that was asked for, which can be shown as columns. */
  readonly fields: readonly string[];
}

/** A value to filter by, and what it is called: `Failed (312)`. */
export interface Choice {
  readonly value: string;
  readonly label: string;
}

/** What is wanted of the rows. */
export interface Query {
  readonly filter: Filter;
  readonly pattern: Pattern | null;
  /** Only answers that do not fit the JSON that was asked for. */
  readonly misfits: boolean;
  readonly sort: Sort;
}

/** One row, in words. Nothing of it is to be trusted. */
export interface RowView {
  readonly customId: string;
  readonly outcome: Outcome;
  readonly status: string;
  readonly stopReason: string;
  readonly words: string;
  readonly tokens: string;
  readonly cost: string;
  /** Before it was answered. */
  readonly estimated: string;
  readonly line: string;
  /** By the names in `RunView.fields`. */
  readonly fields: readonly string[];
}

export interface AnswerView {
  readonly customId: string;
  /** `line 12`, `sandbox · line 12` */
  readonly place: string;
  readonly outcome: Outcome;
  /** `Answered`, `Failed`, … */
  readonly headline: string;
  /** The API's own message, or what a person should know of this answer; empty when all is well. */
  readonly notice: string;
  readonly facts: readonly Fact[];
  readonly blocks: readonly Block[];
}

export interface Fact {
  readonly label: string;
  readonly value: string;
}

/** `html` was made from Markdown and is not to be trusted; `text` is shown as it is. */
export interface Block {
  readonly kind: 'html' | 'text';
  /** `Thinking`, `Tool call: record_invoice`; empty for the answer itself. */
  readonly title: string;
  readonly content: string;
  /** Closed until a person opens it. */
  readonly folded: boolean;
}

/** What came back for requests that were sent alone, to the panel that shows only this. */
export interface TrialAnswers {
  readonly answers: readonly AnswerView[];
  /** About the whole file; empty where nothing can be said. */
  readonly note: string;
}

/** From that panel: it is there, or the text of one of the answers, by its index, is wanted on the clipboard. */
export type FromTrialAnswers = { readonly type: 'ready' } | { readonly type: 'copy'; readonly answer: number };

export type ToPanel =
  | { readonly type: 'run'; readonly run: RunView }
  /** The rows of the query are in order; `order` names this order, and `selected` is the place of the row that is shown, or -1. */
  | { readonly type: 'order'; readonly order: number; readonly count: number; readonly selected: number }
  | { readonly type: 'rows'; readonly order: number; readonly from: number; readonly rows: readonly RowView[] }
  | { readonly type: 'selected'; readonly order: number; readonly selected: number }
  | { readonly type: 'searching'; readonly done: number }
  /** The query has no answer. */
  | { readonly type: 'trouble'; readonly text: string }
  | { readonly type: 'answer'; readonly answer: AnswerView }
  /** There is no answer to show: this is said in its place. */
  | { readonly type: 'unanswered'; readonly text: string }
  /** There are no results at all: only this is said. */
  | { readonly type: 'nothing'; readonly text: string };

export type FromPanel =
  | { readonly type: 'ready' }
  | { readonly type: 'query'; readonly query: Query }
  | { readonly type: 'rows'; readonly order: number; readonly from: number; readonly to: number }
  | { readonly type: 'select'; readonly order: number; readonly at: number }
  /** The person waits no longer for the search. */
  | { readonly type: 'cancel' }
  | { readonly type: 'next' | 'previous' | 'nextFailed' | 'previousFailed' | 'reveal' | 'copy' };

/** What the panel keeps over a reload of the window. */
export interface PanelState {
  readonly source: string;
  readonly results: string;
  readonly query: Query;
  /** Columns that are shown. */
  readonly columns: readonly string[];
  /** Share of the height that the table has, from 0 to 1. */
  readonly split: number;
}
