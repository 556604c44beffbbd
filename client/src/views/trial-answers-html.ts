/** The page of answers to requests that were sent alone. Only our script runs in it, and nothing is loaded from anywhere else. */
export function trialAnswersHtml(page: {
  readonly script: string;
  readonly style: string;
  readonly cspSource: string;
  readonly nonce: string;
}): string {
  const policy = `default-src 'none'; style-src ${page.cspSource}; script-src 'nonce-${page.nonce}'; base-uri 'none'; form-action 'none'`;
  return `<!doctype html>
<html lang="en">
<head>
  <meta charset="utf-8">
  <meta http-equiv="Content-Security-Policy" content="${policy}">
  <link rel="stylesheet" href="${page.style}">
  <title>Try One Now</title>
</head>
<body>
  <main id="answer" tabindex="0" aria-label="Answers"></main>
  <p id="status" class="spoken" role="status" aria-live="polite"></p>
  <script nonce="${page.nonce}" src="${page.script}"></script>
</body>
</html>`;
}
