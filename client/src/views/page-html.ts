/** What a page of ours is given by the panel that shows it. */
export interface PageFrame {
  /** Addresses of its styles in their order; `asWebviewUri` made them, and `cspSource`. */
  readonly styles: readonly string[];
  readonly cspSource: string;
  /** The only script that may run; none runs where there is none. */
  readonly script?: { readonly source: string; readonly nonce: string };
  /** Shows pictures that stand in the page itself. */
  readonly hasImages?: boolean;
}

/** A page of a panel. Only our script runs in it, nothing is loaded from anywhere else, and nothing is sent anywhere. */
export function pageHtml(title: string, body: string, { styles, cspSource, script, hasImages }: PageFrame): string {
  const policy = [
    "default-src 'none'",
    `style-src ${cspSource}`,
    ...(script ? [`script-src 'nonce-${script.nonce}'`] : []),
    ...(hasImages ? ['img-src data:'] : []),
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  return `<!doctype html>
<html lang="en">
<head>
  <meta charset="utf-8">
  <meta http-equiv="Content-Security-Policy" content="${policy}">
  ${styles.map((style) => `<link rel="stylesheet" href="${style}">`).join('\n  ')}
  <title>${title}</title>
</head>
<body>
${body}
${script ? `<script nonce="${script.nonce}" src="${script.source}"></script>` : ''}
</body>
</html>`;
}
