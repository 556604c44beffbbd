import type { Column } from './columns';
import { element, make, setAttributes } from './dom';
import type { RowView, Sort } from './messages';

/** What the table asks for and tells. */
export interface GridOwner {
  /** Wants the rows in [from, to). */
  need(from: number, to: number): void;
  select(at: number): void;
  open(): void;
  sortBy(sort: Sort): void;
}

/** Rows are asked for by the page, so that a turn of the wheel asks once. */
const PAGE = 100;
/** Rows beyond what is seen, at either end. */
const MARGIN = 8;

/** A table of any length: only the rows that are seen are elements, and only pages that were seen are held. */
export class Grid {
  readonly #grid = element('rows', HTMLElement);
  readonly #head = element('head', HTMLElement);
  readonly #body = element('body', HTMLElement);
  readonly #pages = new Map<number, readonly RowView[]>();
  readonly #asked = new Set<number>();
  readonly #rowHeight: number;
  #columns: readonly Column[] = [];
  #count = 0;
  #selected = -1;
  #isDue = false;

  constructor(private readonly owner: GridOwner) {
    this.#rowHeight = Math.round(Number.parseFloat(getComputedStyle(document.body).fontSize) * 1.9);
    this.#grid.style.setProperty('--row-height', `${this.#rowHeight}px`);
    this.#grid.addEventListener('scroll', () => this.#draw(), { passive: true });
    this.#grid.addEventListener('keydown', (event) => this.#press(event));
    new ResizeObserver(() => this.#draw()).observe(this.#grid);
    this.#body.addEventListener('click', ({ target }) => {
      const row = target instanceof Element ? target.closest<HTMLElement>('[data-at]') : null;
      if (row) this.#moveTo(Number(row.dataset.at));
    });
    this.#body.addEventListener('dblclick', () => owner.open());
  }

  focus(): void {
    this.#grid.focus();
  }

  setColumns(columns: readonly Column[], sort: Sort): void {
    this.#columns = columns;
    const tracks = columns.map(({ width, grows }) => (grows ? `minmax(${width}em, 1fr)` : `${width}em`));
    this.#grid.style.setProperty('--columns', tracks.join(' '));
    this.#grid.style.setProperty('--least-width', `${columns.reduce((sum, { width }) => sum + width, 0)}em`);
    this.#grid.setAttribute('aria-colcount', String(columns.length));
    const row = make('div', 'row');
    row.setAttribute('role', 'row');
    row.setAttribute('aria-rowindex', '1');
    row.append(...columns.map((column) => this.#headerOf(column, sort)));
    const focused = document.activeElement?.id;
    this.#head.replaceChildren(row);
    // The header is made anew when it is pressed, and keeps the focus.
    if (focused) document.getElementById(focused)?.focus();
    this.#draw();
  }

  /**
   * Another order: nothing that is held is of use any more. A `fresh` one is shown from its first row; otherwise a
   * selected row stays on screen.
   */
  reset(count: number, selected: number, fresh: boolean): void {
    this.#pages.clear();
    this.#asked.clear();
    this.#count = count;
    this.#grid.setAttribute('aria-rowcount', String(count + 1));
    this.#body.style.height = `${count * this.#rowHeight}px`;
    if (fresh) this.#grid.scrollTop = 0;
    else if (selected >= 0 && (this.#selected < 0 || this.#isOnScreen(this.#selected))) this.#scrollTo(selected);
    this.#selected = selected;
    this.#draw();
  }

  take(from: number, rows: readonly RowView[]): void {
    this.#pages.set(from / PAGE, rows);
    this.#draw();
  }

  /** Shows which row the answer belongs to; -1 for none. */
  select(at: number): void {
    this.#selected = at;
    if (at >= 0) this.#scrollTo(at);
    this.#draw();
  }

  #press(event: KeyboardEvent): void {
    if (event.target !== this.#grid || event.ctrlKey || event.metaKey || event.altKey) return;
    const page = Math.max(1, Math.floor((this.#grid.clientHeight - this.#rowHeight) / this.#rowHeight) - 1);
    const steps: Readonly<Record<string, number>> = {
      ArrowDown: this.#selected + 1,
      ArrowUp: this.#selected - 1,
      PageDown: this.#selected + page,
      PageUp: this.#selected - page,
      Home: 0,
      End: this.#count - 1,
    };
    const to = steps[event.key];
    if (to !== undefined) this.#moveTo(to);
    else if (event.key === 'Enter') this.owner.open();
    else return;
    event.preventDefault();
  }

  #moveTo(at: number): void {
    if (this.#count === 0) return;
    this.select(Math.min(this.#count - 1, Math.max(0, at)));
    this.owner.select(this.#selected);
  }

  #isOnScreen(at: number): boolean {
    const top = at * this.#rowHeight - this.#grid.scrollTop;
    return at >= 0 && top > -this.#rowHeight && top < this.#grid.clientHeight;
  }

  #scrollTo(at: number): void {
    const top = at * this.#rowHeight;
    const seen = this.#grid.clientHeight - this.#rowHeight;
    if (top < this.#grid.scrollTop) this.#grid.scrollTop = top;
    else if (top + this.#rowHeight > this.#grid.scrollTop + seen) this.#grid.scrollTop = top + this.#rowHeight - seen;
  }

  /** At most once a frame. */
  #draw(): void {
    if (this.#isDue) return;
    this.#isDue = true;
    requestAnimationFrame(() => {
      this.#isDue = false;
      this.#drawNow();
    });
  }

  #drawNow(): void {
    const first = Math.max(0, Math.floor(this.#grid.scrollTop / this.#rowHeight) - MARGIN);
    const seen = Math.ceil(this.#grid.clientHeight / this.#rowHeight) + 2 * MARGIN;
    const last = Math.min(this.#count, first + seen);
    const rows: HTMLElement[] = [];
    for (let at = first; at < last; at++) {
      const page = Math.floor(at / PAGE);
      if (!this.#asked.has(page)) {
        this.#asked.add(page);
        this.owner.need(page * PAGE, Math.min(this.#count, (page + 1) * PAGE));
      }
      rows.push(this.#rowOf(at, this.#pages.get(page)?.[at % PAGE]));
    }
    this.#body.replaceChildren(...rows);
    const isSeen = this.#selected >= first && this.#selected < last;
    if (isSeen) this.#grid.setAttribute('aria-activedescendant', `row-${this.#selected}`);
    else this.#grid.removeAttribute('aria-activedescendant');
  }

  #rowOf(at: number, view: RowView | undefined): HTMLElement {
    const row = make('div', `row ${view?.outcome ?? 'waiting'}`);
    row.id = `row-${at}`;
    row.dataset.at = String(at);
    row.style.top = `${at * this.#rowHeight}px`;
    setAttributes(row, {
      role: 'row',
      'aria-rowindex': String(at + 2),
      'aria-selected': String(at === this.#selected),
    });
    row.append(
      ...this.#columns.map((column) => {
        const text = view ? column.textOf(view) : '';
        const cell = make('span', `cell ${column.id.replace(/\W.*/, '')}${column.isNumeric ? ' number' : ''}`, text);
        cell.setAttribute('role', 'gridcell');
        cell.title = text;
        return cell;
      }),
    );
    return row;
  }

  #headerOf(column: Column, sort: Sort): HTMLElement {
    const header = make('span', `cell${column.isNumeric ? ' number' : ''}`);
    const isSorted = column.sort !== null && column.sort === sort.by;
    setAttributes(header, {
      role: 'columnheader',
      'aria-sort': isSorted ? (sort.descending ? 'descending' : 'ascending') : 'none',
    });
    const by = column.sort;
    if (by === null) {
      header.textContent = column.label;
      return header;
    }
    const button = make('button', 'sort', `${column.label}${isSorted ? (sort.descending ? ' ↓' : ' ↑') : ''}`);
    button.id = `sort-${column.id}`;
    button.type = 'button';
    button.setAttribute('aria-label', `Sort by ${column.label}`);
    button.addEventListener('click', () => this.owner.sortBy({ by, descending: isSorted && !sort.descending }));
    header.append(button);
    return header;
  }
}
