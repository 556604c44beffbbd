import type { AnswerView, Block, Fact, FromPanel, ToPanel } from './messages';
import { sanitise } from './sanitise';

declare function acquireVsCodeApi(): { postMessage(message: FromPanel): void };

const editor = acquireVsCodeApi();
const answer = element('answer');
const status = element('status');

addEventListener('message', ({ data }: MessageEvent<ToPanel>) => {
  if (data.type === 'answer') show(data.answer);
  else answer.replaceChildren(make('p', 'empty', data.text));
});
for (const type of ['previous', 'next', 'reveal'] as const) {
  element(type).addEventListener('click', () => editor.postMessage({ type }));
}
editor.postMessage({ type: 'ready' });

function show(view: AnswerView): void {
  const heading = make('h1', '', view.customId);
  const state = make('p', `state ${view.state}`, `${view.headline} · ${view.place}`);
  answer.replaceChildren(
    heading,
    state,
    ...(view.notice ? [make('p', `notice ${view.state}`, view.notice)] : []),
    ...view.blocks.map(blockOf),
    ...(view.facts.length > 0 ? [factsOf(view.facts)] : []),
  );
  answer.scrollTop = 0;
  // Said politely by screen readers, while the focus stays where the person has it.
  status.textContent = `${view.customId}: ${view.headline}${view.notice ? `, ${view.notice}` : ''}`;
}

function blockOf({ kind, title, content }: Block): HTMLElement {
  const body = make(kind === 'html' ? 'div' : 'pre', kind, kind === 'html' ? '' : content);
  if (kind === 'html') body.append(sanitise(content));
  if (!title) return body;
  const details = make('details', 'aside', '');
  details.append(make('summary', '', title), body);
  if (details instanceof HTMLDetailsElement) details.open = !title.startsWith('Thinking');
  return details;
}

function factsOf(facts: readonly Fact[]): HTMLElement {
  const list = make('dl', 'facts', '');
  for (const { label, value } of facts) list.append(make('dt', '', label), make('dd', '', value));
  return list;
}

function make(name: string, className: string, text: string): HTMLElement {
  const made = document.createElement(name);
  made.className = className;
  made.textContent = text;
  return made;
}

function element(id: string): HTMLElement {
  const found = document.getElementById(id);
  if (!found) throw new Error(`The page has no #${id}.`);
  return found;
}
