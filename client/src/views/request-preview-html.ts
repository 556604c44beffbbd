import type { PreviewBlock, RequestPreview } from '../text/request-preview';
import { type PageFrame, pageHtml } from './page-html';

/** The page of the preview. Nothing runs in it; pictures stand in the page itself. */
export function requestPreviewHtml(preview: RequestPreview | undefined, frame: Omit<PageFrame, 'script'>): string {
  const said = preview ? requestHtml(preview) : '<p>There is no request on this line.</p>';
  const body = `  <main tabindex="0" aria-label="Request">${said}</main>`;
  return pageHtml('Request Preview', body, { ...frame, hasImages: true });
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
