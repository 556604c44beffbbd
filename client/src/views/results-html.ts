/** The page of the results panel. Only our script runs in it, and nothing is loaded from anywhere else. */
export function resultsHtml(page: {
  readonly script: string;
  readonly style: string;
  readonly cspSource: string;
  readonly nonce: string;
}): string {
  const policy = [
    "default-src 'none'",
    `style-src ${page.cspSource}`,
    `script-src 'nonce-${page.nonce}'`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  return `<!doctype html>
<html lang="en">
<head>
  <meta charset="utf-8">
  <meta http-equiv="Content-Security-Policy" content="${policy}">
  <link rel="stylesheet" href="${page.style}">
  <title>Results</title>
</head>
<body>
  <nav aria-label="Requests">
    <button id="previous" type="button" title="Previous Request (Alt+PageUp)">Previous</button>
    <button id="next" type="button" title="Next Request (Alt+PageDown)">Next</button>
    <button id="reveal" type="button" title="Show this request in its file">Show Request</button>
  </nav>
  <main id="answer" tabindex="0" aria-label="Answer"></main>
  <p id="status" class="spoken" role="status" aria-live="polite"></p>
  <script nonce="${page.nonce}" src="${page.script}"></script>
</body>
</html>`;
}
