import type { PreviewBlock, RequestPreview } from '../text/request-preview';

/** The page of the preview. Nothing runs in it and nothing is loaded but our style; pictures stand in the page itself. */
export function requestPreviewHtml(
  preview: RequestPreview | undefined,
  { style, cspSource }: { readonly style: string; readonly cspSource: string },
): string {
  const policy = `default-src 'none'; style-src ${cspSource}; img-src data:; base-uri 'none'; form-action 'none'`;
  return `<!doctype html>
<html lang="en">
<head>
  <meta charset="utf-8">
  <meta http-equiv="Content-Security-Policy" content="${policy}">
  <link rel="stylesheet" href="${style}">
  <title>Request Preview</title>
</head>
<body>
  <main tabindex="0" aria-label="Request">${preview ? requestHtml(preview) : '<p>There is no request on this line.</p>'}</main>
</body>
</html>`;
}

function requestHtml({ title, facts, parts }: RequestPreview): string {
  const sections = parts.map(
    (part) => `<section>
<h2>${escaped(part.title)} <small>${escaped(part.size)}</small></h2>
${part.blocks.map(blockHtml).join('\n')}
</section>`,
  );
  const said = facts.map((fact) => `<p class="fact">${escaped(fact)}</p>`).join('\n');
  return `<h1>${escaped(title)}</h1>\n${said}\n${sections.join('\n')}`;
}

function blockHtml(block: PreviewBlock): string {
  switch (block.kind) {
    case 'text':
      return `<div class="text">${escaped(block.text)}</div>`;
    case 'note':
      return `<p class="note">${escaped(block.text)}</p>`;
    case 'code':
      return `<details><summary>${escaped(block.title)}</summary><pre>${escaped(block.text)}</pre></details>`;
    case 'image':
      return `<figure><img src="${escaped(block.source)}" alt=""><figcaption>${escaped(block.text)}</figcaption></figure>`;
  }
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escaped(text: string): string {
  return text.replaceAll(/[&<>"']/g, (character) => ENTITIES[character] ?? '');
}
