import { atKey } from '../finding';
import { base64Fault } from '../media/base64';
import { pdfFacts } from '../media/pdf';
import { base64Media } from './read-media';
import type { LineRule } from './rule';

/** Bytes that are no PDF, or one that is locked. */
export const pdfData: LineRule = {
  id: 'pdf-data',
  severity: 'error',
  refusedAt: 'row',
  title: 'PDF that cannot be read',
  docs: `A base64 document is a PDF without password or encryption.

> The PDF specified was not valid.

> The PDF specified is password protected

Save it without protection, or send its text as a document of type "text".

Source: platform.claude.com/docs/en/build-with-claude/pdf-support, Check PDF requirements (2026-10-10).`,
  examples: {
    bad: '{"custom_id":"a","params":{"model":"claude-haiku-5-5","max_tokens":64,"messages":[{"role":"user","content":[{"type":"document","source":{"type":"base64","media_type":"application/pdf","data":"SGVsbG8gd29ybGQh"}}]}]}}',
    good: '{"custom_id":"a","params":{"model":"claude-haiku-5-5","max_tokens":64,"messages":[{"role":"user","content":[{"type":"document","source":{"type":"text","media_type":"text/plain","data":"Hello world!"}}]}]}}',
  },
  check({ params }, _context, report) {
    for (const { kind, path, mediaType, data } of base64Media(params)) {
      if (kind !== 'document' || mediaType !== 'application/pdf' || base64Fault(data)) continue;
      const { isPdf, encrypted } = pdfFacts(data);
      const place = atKey(...path, 'source', 'data');
      if (!isPdf)
        report(place, 'These bytes are no PDF; encode the file again, or send its text as a document of type "text".');
      else if (encrypted)
        report(place, 'This PDF is encrypted, and the API reads none that is; save it without protection.');
    }
  },
};
