import { allColumns } from './columns';
import { element, make } from './dom';
import type { Choice, Outcome, Query, RunView } from './messages';

const text = element('text', HTMLInputElement);
const matchCase = element('match-case', HTMLButtonElement);
const regex = element('regex', HTMLButtonElement);
const outcome = element('outcome', HTMLSelectElement);
const fault = element('fault', HTMLSelectElement);
const stopReason = element('stop-reason', HTMLSelectElement);
const fit = element('fit', HTMLSelectElement);
const columnBoxes = element('column-boxes', HTMLElement);

/** The one choice of fit. */
const MISFITS = 'Does not fit its schema';
/** Typing pauses for so long before it is searched for. */
const PAUSE_MS = 250;

/** Calls `changed` when a person has set a filter, and `entered` when they press Enter in the search. */
export function watchFilters(changed: () => void, entered: () => void): void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  text.addEventListener('input', () => {
    clearTimeout(timer);
    timer = setTimeout(changed, PAUSE_MS);
  });
  text.addEventListener('keydown', ({ key }) => {
    if (key === 'Enter') entered();
  });
  for (const toggle of [matchCase, regex]) {
    toggle.addEventListener('click', () => {
      setPressed(toggle, !isPressed(toggle));
      changed();
    });
  }
  for (const select of [outcome, fault, stopReason, fit]) select.addEventListener('change', changed);
  document.addEventListener('keydown', (event) => {
    if (!(event.ctrlKey || event.metaKey) || event.key !== 'f') return;
    event.preventDefault();
    text.select();
  });
}

/** Which rows are wanted. */
export type Wanted = Omit<Query, 'sort'>;

export const ALL_WANTED: Wanted = {
  filter: { outcome: null, fault: null, stopReason: null },
  pattern: null,
  misfits: false,
};

export function wantedSet(): Wanted {
  return {
    filter: {
      outcome: (outcome.value || null) as Outcome | null,
      fault: fault.value || null,
      stopReason: stopReason.value || null,
    },
    pattern:
      text.value === '' ? null : { text: text.value, isRegex: isPressed(regex), matchCase: isPressed(matchCase) },
    misfits: fit.value !== '',
  };
}

/** Puts back what was set before a reload. */
export function restoreFilters({ filter, pattern, misfits }: Wanted): void {
  text.value = pattern?.text ?? '';
  setPressed(regex, pattern?.isRegex ?? false);
  setPressed(matchCase, pattern?.matchCase ?? false);
  for (const [select, value] of [
    [outcome, filter.outcome],
    [fault, filter.fault],
    [stopReason, filter.stopReason],
    [fit, misfits ? MISFITS : null],
  ] as const) {
    if (value !== null) select.replaceChildren(option('', ''), option(value, value));
    select.value = value ?? '';
  }
}

/** Offers what there is to filter by; what is set stays set. */
export function offerChoices({ outcomes, faults, stopReasons, misfits }: RunView): void {
  offer(outcome, 'Any status', outcomes);
  offer(fault, 'Any error', faults);
  offer(stopReason, 'Any stop reason', stopReasons);
  offer(
    fit,
    'Any fit',
    misfits > 0 ? [{ value: MISFITS, label: `${MISFITS} (${misfits.toLocaleString('en-US')})` }] : [],
  );
}

/** One box per column; `changed` gets those that are ticked. */
export function offerColumns(
  fields: readonly string[],
  shown: readonly string[],
  changed: (shown: readonly string[]) => void,
): void {
  const boxes = allColumns(fields).map(({ id, label }) => {
    const box = make('input');
    box.type = 'checkbox';
    box.value = id;
    box.checked = shown.includes(id);
    return { box, label };
  });
  const tell = (): void => changed(boxes.filter(({ box }) => box.checked).map(({ box }) => box.value));
  columnBoxes.replaceChildren(
    ...boxes.map(({ box, label }) => {
      box.addEventListener('change', tell);
      const line = make('label');
      line.append(box, document.createTextNode(label));
      return line;
    }),
  );
}

function offer(select: HTMLSelectElement, any: string, choices: readonly Choice[]): void {
  const chosen = select.value;
  const known = choices.some(({ value }) => value === chosen) || chosen === '';
  select.replaceChildren(
    option('', any),
    ...choices.map(({ value, label }) => option(value, label)),
    ...(known ? [] : [option(chosen, chosen)]),
  );
  select.value = chosen;
  select.hidden = choices.length === 0 && chosen === '';
}

function option(value: string, label: string): HTMLOptionElement {
  const made = make('option', '', label);
  made.value = value;
  return made;
}

const isPressed = (button: HTMLButtonElement): boolean => button.getAttribute('aria-pressed') === 'true';
const setPressed = (button: HTMLButtonElement, pressed: boolean): void =>
  button.setAttribute('aria-pressed', String(pressed));
