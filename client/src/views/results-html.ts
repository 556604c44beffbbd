import { type PageFrame, pageHtml } from './page-html';

/** The page of the results panel. */
export const resultsHtml = (frame: PageFrame): string => pageHtml('Results', BODY, frame);

const BODY = `  <header role="search" aria-label="Filter">
    <span class="find">
      <input id="text" type="search" aria-label="Search in ids, answers and errors" placeholder="Search" spellcheck="false">
      <button id="match-case" class="toggle" type="button" aria-pressed="false" aria-label="Match Case" title="Match Case">Aa</button>
      <button id="regex" class="toggle" type="button" aria-pressed="false" aria-label="Use Regular Expression" title="Use Regular Expression">.*</button>
    </span>
    <select id="outcome" aria-label="Filter by status"></select>
    <select id="fault" aria-label="Filter by error" hidden></select>
    <select id="stop-reason" aria-label="Filter by stop reason" hidden></select>
    <select id="fit" aria-label="Filter by fit of the schema" hidden></select>
    <details id="columns"><summary>Columns</summary><fieldset id="column-boxes" aria-label="Columns"></fieldset></details>
    <span id="count" role="status"></span>
    <progress id="progress" max="1" aria-label="Reading results" hidden></progress>
    <button id="cancel" type="button" hidden>Cancel</button>
    <p id="trouble" role="alert" hidden></p>
  </header>
  <section id="rows" role="grid" tabindex="0" aria-label="Results" aria-rowcount="1">
    <div id="head" role="rowgroup"></div>
    <div id="body" role="rowgroup"></div>
  </section>
  <div id="split" role="separator" tabindex="0" aria-orientation="horizontal" aria-label="Height of the table" aria-valuemin="15" aria-valuemax="85" aria-valuenow="45"></div>
  <nav aria-label="Requests">
    <button id="previous" type="button" title="Previous Request (Alt+PageUp)">Previous</button>
    <button id="next" type="button" title="Next Request (Alt+PageDown)">Next</button>
    <button id="nextFailed" type="button" title="Next Failed Request (Alt+Shift+PageDown)">Next Failed</button>
    <button id="reveal" type="button" title="Show this request in its file">Show Request</button>
    <button id="copy" type="button" title="Copy the text of this answer">Copy Answer</button>
  </nav>
  <main id="answer" tabindex="0" aria-label="Answer"></main>
  <p id="status" class="spoken" role="status" aria-live="polite"></p>`;
