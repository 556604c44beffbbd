import { answerParts } from './answer';
import { element, make } from './dom';
import type { TrialAnswers } from './messages';

declare function acquireVsCodeApi(): { postMessage(message: 'ready'): void };

const main = element('answer', HTMLElement);
const status = element('status', HTMLElement);

addEventListener('message', ({ data }: MessageEvent<TrialAnswers>) => {
  const sections = data.answers.map((view) => {
    const section = make('section');
    section.append(...answerParts(view));
    return section;
  });
  main.replaceChildren(...(data.note ? [make('p', '', data.note)] : []), ...sections);
  status.textContent = data.answers.map(({ customId, headline }) => `${customId}: ${headline}`).join(', ');
});
acquireVsCodeApi().postMessage('ready');
