import { fix, remove } from '../edit';
import { type Found, turns } from './read';
import type { LineRule } from './rule';

/** Images that the model is said to have written. */
export const imageInAssistant: LineRule = {
  id: 'image-in-assistant',
  severity: 'error',
  refusedAt: 'row',
  title: 'Image in an assistant message',
  docs: `Images stand in user messages and in tool results: what the model wrote is text, and what it called.

> messages.1.content: 'image' blocks are not permitted within assistant turns

Source: API answers as reported in epam/ai-dial-adapter-bedrock#306 (2025) and SEMOSS/Semoss#2323 (2026).`,
  examples: {
    bad: '{"custom_id":"a","params":{"model":"claude-haiku-5-5","max_tokens":64,"messages":[{"role":"user","content":"Draw a dot."},{"role":"assistant","content":[{"type":"text","text":"Here."},{"type":"image","source":{"type":"base64","media_type":"image/gif","data":"R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7"}}]},{"role":"user","content":"Which colour?"}]}}',
    good: '{"custom_id":"a","params":{"model":"claude-haiku-5-5","max_tokens":64,"messages":[{"role":"user","content":"Draw a dot."},{"role":"assistant","content":[{"type":"text","text":"Here."}]},{"role":"user","content":[{"type":"image","source":{"type":"base64","media_type":"image/gif","data":"R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7"}},{"type":"text","text":"Which colour?"}]}]}}',
  },
  check({ params }, _context, report) {
    for (const { role, blocks } of turns(params)) {
      if (role !== 'assistant') continue;
      for (const [, path] of blocks.filter(isImage)) {
        const message = 'An assistant message holds no image; move it to a user message, or remove it.';
        report([...path, 'type'], message, ...(blocks.length > 1 ? [fix('Remove the Image', remove(path))] : []));
      }
    }
  },
};

const isImage = ([{ type }]: Found): boolean => type === 'image';
