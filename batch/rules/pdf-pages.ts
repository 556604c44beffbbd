import media from '../../schemas/media.json';
import { atKey } from '../finding';
import { pdfFacts } from '../media/pdf';
import { count } from '../wording';
import { base64Media, byWindow } from './read-media';
import type { LineRule } from './rule';

/** More pages than a request takes. */
export const pdfPages: LineRule = {
  id: 'pdf-pages',
  severity: 'error',
  refusedAt: 'row',
  title: 'Too many PDF pages',
  docs: `A request takes 600 pages of PDF, or 100 where the model's context window is below a million tokens.

> A maximum of 100 PDF pages may be provided.

Pages are counted where the file says them in plain bytes; many newer PDFs compress that part, and then only the API
knows.

Source: platform.claude.com/docs/en/build-with-claude/pdf-support (2026-10-10); \`schemas/media.json\`.`,
  check({ params }, context, report) {
    const most = byWindow(media.pdf.pages_per_request, params, context);
    const documents = base64Media(params).filter(({ kind, data }) => kind === 'document' && data !== '');
    const counts = documents.map(({ data }) => pdfFacts(data).pages);
    const total = counts.reduce((sum, pages) => sum + pages, 0);
    if (total <= most) return;
    let pages = 0;
    const over = documents.find((_, index) => {
      pages += counts[index] ?? 0;
      return pages > most;
    });
    if (over)
      report(
        atKey(...over.path, 'source', 'data'),
        `A request to this model takes ${count(most)} PDF pages, and this has ${count(total)}; split it.`,
      );
  },
};
