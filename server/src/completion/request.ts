import type { LineFacts } from '../../../batch/analysis';
import type { Context } from '../../../batch/context';
import type { Suggestion } from '../to-lsp';
import { escapeSnippet, order } from './place';

/** A request like the one before: its model first, its id counted on. */
export function requestSuggestion(before: LineFacts | undefined, { models: { models: all } }: Context): Suggestion {
  const active = all.filter(({ status }) => status === 'active').map(({ id }) => id);
  const choices = [...new Set([...(before?.model ? [before.model] : []), ...active])].map(escapeChoice).join(',');
  const id = escapeSnippet(nextId(before?.customId));
  const message = `{"role": "user", "content": "$4"}`;
  return {
    label: 'Message Batches request',
    kind: 'snippet',
    insert: `{"custom_id": "\${1:${id}}", "params": {"model": "\${2|${choices}|}", "max_tokens": \${3:1024}, "messages": [${message}]}}`,
    filter: '',
    sort: order(0),
    detail: 'custom_id, model, max_tokens and a message',
  };
}

/** `ticket-0042` after `ticket-0041`. */
function nextId(previous: string | undefined): string {
  if (!previous) return 'request-1';
  const digits = /\d{1,15}$/.exec(previous)?.[0];
  if (digits === undefined) return `${previous}-2`;
  return previous.slice(0, -digits.length) + String(Number(digits) + 1).padStart(digits.length, '0');
}

const escapeChoice = (text: string): string => text.replaceAll(/[\\$},|]/g, '\\$&');
