import type { LineFacts } from '../../../batch/analysis';
import type { Context } from '../../../batch/context';
import type { Suggestion } from '../to-lsp';
import { escapeSnippet, order } from './place';

/** What stands beside id, model and `max_tokens` in a whole request. Tab stops from 4 on. */
const KINDS: readonly { label: string; detail: string; params: string }[] = [
  {
    label: 'Message Batches request',
    detail: 'custom_id, model, max_tokens and a message',
    params: `"messages": [{"role": "user", "content": "$4"}]`,
  },
  {
    label: 'Request with a cached system prompt',
    detail: 'what all requests share is paid for once',
    params: `"system": [{"type": "text", "text": "$4", "cache_control": {"type": "ephemeral", "ttl": "1h"}}], "messages": [{"role": "user", "content": "$5"}]`,
  },
  {
    label: 'Request with an image',
    detail: 'a picture and what is asked of it',
    params: `"messages": [{"role": "user", "content": [{"type": "image", "source": {"type": "url", "url": "https://$4"}}, {"type": "text", "text": "$5"}]}]`,
  },
  {
    label: 'Request with a PDF',
    detail: 'a document and what is asked of it',
    params: `"messages": [{"role": "user", "content": [{"type": "document", "source": {"type": "url", "url": "https://$4"}}, {"type": "text", "text": "$5"}]}]`,
  },
  {
    label: 'Request with a tool',
    detail: 'a tool that the answer may call',
    params: `"tools": [{"name": "\${4:get_weather}", "description": "$5", "input_schema": {"type": "object", "properties": {"\${6:city}": {"type": "string"}}, "required": ["\${6:city}"]}}], "messages": [{"role": "user", "content": "$7"}]`,
  },
  {
    label: 'Request for JSON answers',
    detail: 'a schema that the answer follows',
    params: `"output_config": {"format": {"type": "json_schema", "schema": {"type": "object", "properties": {"\${4:label}": {"type": "string"}}, "required": ["\${4:label}"], "additionalProperties": false}}}, "messages": [{"role": "user", "content": "$5"}]`,
  },
];

/** Whole requests that go on from the one before: its model first, its id counted on. */
export function requestSuggestions(before: LineFacts | undefined, { models: { models: all } }: Context): Suggestion[] {
  const active = all.filter(({ status }) => status === 'active').map(({ id }) => id);
  const choices = [...new Set([...(before?.model ? [before.model] : []), ...active])].map(escapeChoice).join(',');
  const id = escapeSnippet(nextId(before?.customId));
  return KINDS.map(({ label, detail, params }, index) => ({
    label,
    kind: 'snippet',
    insert: `{"custom_id": "\${1:${id}}", "params": {"model": "\${2|${choices}|}", "max_tokens": \${3:1024}, ${params}}}`,
    filter: '',
    sort: order(index),
    detail,
  }));
}

/** `ticket-0042` after `ticket-0041`. */
function nextId(previous: string | undefined): string {
  if (!previous) return 'request-1';
  const digits = /\d{1,15}$/.exec(previous)?.[0];
  if (digits === undefined) return `${previous}-2`;
  return previous.slice(0, -digits.length) + String(Number(digits) + 1).padStart(digits.length, '0');
}

const escapeChoice = (text: string): string => text.replaceAll(/[\\$},|]/g, '\\$&');
