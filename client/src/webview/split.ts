import { element } from './dom';

/** How much of the height a key moves, and the least that either part keeps. */
const STEP = 0.05;
const LEAST = 0.15;

/** The bar between table and answer, moved by pointer and by arrow keys. `moved` gets the table's share of the height. */
export function createSplit(initial: number, moved: (share: number) => void): void {
  const bar = element('split', HTMLElement);
  const page = document.body;
  const set = (share: number): void => {
    const kept = Math.min(1 - LEAST, Math.max(LEAST, share));
    page.style.setProperty('--table-share', `${kept * 100}%`);
    bar.setAttribute('aria-valuenow', String(Math.round(kept * 100)));
    current = kept;
  };
  let current = initial;
  set(initial);
  bar.addEventListener('keydown', (event) => {
    const step = { ArrowUp: -STEP, ArrowDown: STEP }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    set(current + step);
    moved(current);
  });
  bar.addEventListener('pointerdown', ({ pointerId }) => bar.setPointerCapture(pointerId));
  bar.addEventListener('pointermove', ({ pointerId, clientY }) => {
    if (bar.hasPointerCapture(pointerId)) set(clientY / page.clientHeight);
  });
  bar.addEventListener('pointerup', () => moved(current));
}
