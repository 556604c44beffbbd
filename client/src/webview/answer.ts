import { element, make } from './dom';
import type { AnswerView, Block, Fact } from './messages';
import { sanitise } from './sanitise';

const answer = element('answer', HTMLElement);
const status = element('status', HTMLElement);

export function showAnswer(view: AnswerView): void {
  answer.replaceChildren(...answerParts(view));
  answer.scrollTop = 0;
  // Said politely by screen readers, while the focus stays where the person has it.
  status.textContent = `${view.customId}: ${view.headline}${view.notice ? `, ${view.notice}` : ''}`;
}

/** An answer as the elements that show it, whoever wrote it. */
export function answerParts(view: AnswerView): HTMLElement[] {
  return [
    make('h1', '', view.customId),
    make('p', `state ${view.outcome}`, [view.headline, view.place].filter(Boolean).join(' · ')),
    ...(view.notice ? [make('p', `notice ${view.outcome}`, view.notice)] : []),
    ...view.blocks.map(blockOf),
    ...(view.facts.length > 0 ? [factsOf(view.facts)] : []),
  ];
}

/** Says something in the place of an answer. */
export function showInstead(text: string): void {
  answer.replaceChildren(make('p', 'empty', text));
}

function blockOf({ kind, title, content, folded }: Block): HTMLElement {
  const body = kind === 'html' ? make('div', kind) : make('pre', kind, content);
  if (kind === 'html') body.append(sanitise(content));
  else body.tabIndex = 0;
  if (!title) return body;
  const details = make('details', 'aside');
  details.append(make('summary', '', title), body);
  details.open = !folded;
  return details;
}

function factsOf(facts: readonly Fact[]): HTMLElement {
  const list = make('dl', 'facts');
  for (const { label, value } of facts) list.append(make('dt', '', label), make('dd', '', value));
  return list;
}
