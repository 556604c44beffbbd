import { showAnswer, showInstead } from './answer';
import { allColumns, SHOWN_AT_FIRST } from './columns';
import { element } from './dom';
import { ALL_WANTED, offerChoices, offerColumns, restoreFilters, wantedSet, watchFilters } from './filters';
import { Grid } from './grid';
import type { FromPanel, PanelState, Query, RunView, Sort, ToPanel } from './messages';
import { createSplit } from './split';

declare function acquireVsCodeApi(): {
  postMessage(message: FromPanel): void;
  getState(): PanelState | undefined;
  setState(state: PanelState): void;
};

const editor = acquireVsCodeApi();
const before = editor.getState();
const shown = {
  sort: before?.query.sort ?? ({ by: 'line', descending: false } satisfies Sort),
  columns: before?.columns ?? SHOWN_AT_FIRST,
  split: before?.split ?? 0.45,
  source: before?.source ?? '',
  results: before?.results ?? '',
  fields: [] as readonly string[],
  order: -1,
  /** A person asked for another order, which is shown from where it begins. */
  isFresh: false,
};
const count = element('count', HTMLElement);
const trouble = element('trouble', HTMLElement);
const progress = element('progress', HTMLProgressElement);
const cancel = element('cancel', HTMLButtonElement);

const grid = new Grid({
  need: (from, to) => editor.postMessage({ type: 'rows', order: shown.order, from, to }),
  select: (at) => editor.postMessage({ type: 'select', order: shown.order, at }),
  open: () => editor.postMessage({ type: 'reveal' }),
  sortBy: (sort) => {
    shown.sort = sort;
    showColumns();
    askAnew();
  },
});

addEventListener('message', ({ data }: MessageEvent<ToPanel>) => receive(data));
for (const type of ['previous', 'next', 'nextFailed', 'reveal', 'copy'] as const) {
  element(type, HTMLButtonElement).addEventListener('click', () => editor.postMessage({ type }));
}
cancel.addEventListener('click', () => editor.postMessage({ type: 'cancel' }));
if (before) restoreFilters(before.query);
watchFilters(askAnew, () => grid.focus());
createSplit(shown.split, (share) => {
  shown.split = share;
  keep();
});
showColumns();
offerColumns([], shown.columns, chooseColumns);
editor.postMessage({ type: 'ready' });

function receive(message: ToPanel): void {
  switch (message.type) {
    case 'run':
      takeRun(message.run);
      break;
    case 'order':
      takeOrder(message);
      break;
    case 'rows':
      if (message.order === shown.order) grid.take(message.from, message.rows);
      break;
    case 'selected':
      if (message.order === shown.order) grid.select(message.selected);
      break;
    case 'searching':
      busy(message.done);
      break;
    case 'trouble':
      busy(null);
      say(message.text);
      break;
    case 'answer':
      showAnswer(message.answer);
      break;
    case 'unanswered':
      showInstead(message.text);
      break;
    case 'nothing':
      grid.reset(0, -1, true);
      count.textContent = '';
      showInstead(message.text);
      break;
  }
}

function takeOrder({ order, count: rows, selected }: Extract<ToPanel, { type: 'order' }>): void {
  shown.order = order;
  busy(null);
  say('');
  count.textContent = `${rows.toLocaleString('en-US')} ${rows === 1 ? 'row' : 'rows'}`;
  grid.reset(rows, selected, shown.isFresh);
  shown.isFresh = false;
}

function takeRun(run: RunView): void {
  const isOther = run.results !== shown.results;
  const hasOtherFields = run.fields.join('\n') !== shown.fields.join('\n');
  Object.assign(shown, { source: run.source, results: run.results, fields: run.fields });
  if (isOther) restoreFilters(ALL_WANTED);
  offerChoices(run);
  if (hasOtherFields) {
    offerColumns(run.fields, shown.columns, chooseColumns);
    showColumns();
  }
  progress.hidden = run.read >= 1;
  progress.value = run.read;
  if (isOther || shown.order === -1) ask();
  else keep();
}

/** Has the rows put in order by what is set. */
function ask(): void {
  keep();
  editor.postMessage({ type: 'query', query: querySet() });
}

/** The same when a person has set something else. */
function askAnew(): void {
  shown.isFresh = true;
  ask();
}

function chooseColumns(columns: readonly string[]): void {
  shown.columns = columns;
  showColumns();
  keep();
}

function showColumns(): void {
  grid.setColumns(
    allColumns(shown.fields).filter(({ id }) => shown.columns.includes(id)),
    shown.sort,
  );
}

function keep(): void {
  const { source, results, columns, split } = shown;
  editor.setState({ source, results, columns, split, query: querySet() });
}

function querySet(): Query {
  return { ...wantedSet(), sort: shown.sort };
}

/** `done` from 0 to 1 while a search runs, null when it does not. */
function busy(done: number | null): void {
  cancel.hidden = done === null;
  progress.hidden = done === null;
  progress.value = done ?? 0;
}

function say(text: string): void {
  trouble.textContent = text;
  trouble.hidden = text === '';
}
