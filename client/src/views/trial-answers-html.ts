import { type PageFrame, pageHtml } from './page-html';

/** The page of answers to requests that were sent alone. */
export const trialAnswersHtml = (frame: PageFrame): string => pageHtml('Try One Now', BODY, frame);

const BODY = `  <main id="answer" tabindex="0" aria-label="Answers"></main>
  <p id="status" class="spoken" role="status" aria-live="polite"></p>`;
