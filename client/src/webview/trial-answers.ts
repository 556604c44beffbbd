import { answerParts } from './answer';
import { element, make } from './dom';
import type { FromTrialAnswers, TrialAnswers } from './messages';

declare function acquireVsCodeApi(): { postMessage(message: FromTrialAnswers): void };

const editor = acquireVsCodeApi();
const main = element('answer', HTMLElement);
const status = element('status', HTMLElement);

addEventListener('message', ({ data }: MessageEvent<TrialAnswers>) => {
  const sections = data.answers.map((view, answer) => {
    const section = make('section');
    const copy = make('button', '', 'Copy Answer');
    copy.type = 'button';
    copy.ariaLabel = `Copy Answer to ${view.customId}`;
    copy.addEventListener('click', () => editor.postMessage({ type: 'copy', answer }));
    section.append(...answerParts(view), copy);
    return section;
  });
  main.replaceChildren(...(data.note ? [make('p', '', data.note)] : []), ...sections);
  status.textContent = data.answers.map(({ customId, headline }) => `${customId}: ${headline}`).join(', ');
});
editor.postMessage({ type: 'ready' });
