import type { Path } from '../../../batch/finding';
import type { Suggestion } from '../to-lsp';
import { type CompletionPlace, commaBefore, order, spacedAs } from './place';

/** Something that is often written whole. */
interface Snippet {
  /** Paths that it may stand at, `*` for an index. */
  readonly at: RegExp;
  readonly label: string;
  readonly detail: string;
  readonly body: string;
}

const BLOCK = /^params\/messages\/\*\/content\/\*$/;
const TEXTS = /^params\/(system|messages\/\*\/content)\/\*$/;

const SNIPPETS: readonly Snippet[] = [
  {
    at: TEXTS,
    label: 'text, cached',
    detail: 'a text that later requests read from the cache',
    body: `{"type": "text", "text": "$1", "cache_control": {"type": "ephemeral", "ttl": "\${2|1h,5m|}"}}`,
  },
  {
    at: BLOCK,
    label: 'image from base64',
    detail: 'a picture that travels with the request',
    body: `{"type": "image", "source": {"type": "base64", "media_type": "image/\${1|png,jpeg,gif,webp|}", "data": "$2"}}`,
  },
  {
    at: BLOCK,
    label: 'image from URL',
    detail: 'a picture that the API fetches',
    body: `{"type": "image", "source": {"type": "url", "url": "https://$1"}}`,
  },
  {
    at: BLOCK,
    label: 'PDF from base64',
    detail: 'a document that travels with the request',
    body: `{"type": "document", "source": {"type": "base64", "media_type": "application/pdf", "data": "$1"}}`,
  },
  {
    at: BLOCK,
    label: 'PDF from URL',
    detail: 'a document that the API fetches',
    body: `{"type": "document", "source": {"type": "url", "url": "https://$1"}}`,
  },
  {
    at: BLOCK,
    label: 'document of text, cited',
    detail: 'a text that the answer quotes from',
    body: `{"type": "document", "source": {"type": "text", "media_type": "text/plain", "data": "$1"}, "title": "$2", "citations": {"enabled": true}}`,
  },
  {
    at: BLOCK,
    label: 'tool result',
    detail: 'what a tool answered',
    body: `{"type": "tool_result", "tool_use_id": "$1", "content": "$2"}`,
  },
  {
    at: /^params\/tools\/\*$/,
    label: 'tool',
    detail: 'name, description and the schema of its input',
    body: `{"name": "\${1:get_weather}", "description": "\${2:What it does and when it is of use}", "input_schema": {"type": "object", "properties": {"\${3:city}": {"type": "\${4|string,integer,number,boolean,array,object|}", "description": "$5"}}, "required": ["\${3:city}"]}}`,
  },
  {
    at: /^params\/output_config\/format$/,
    label: 'JSON answers',
    detail: 'a schema that every answer follows',
    body: `{"type": "json_schema", "schema": {"type": "object", "properties": {"\${1:label}": {"type": "\${2|string,integer,number,boolean,array,object|}"}}, "required": ["\${1:label}"], "additionalProperties": false}}`,
  },
];

/** Whole blocks and tools for a place, before the bare ones. */
export function snippetSuggestions(place: CompletionPlace): Suggestion[] {
  const here = pattern(place.cursor.path);
  return SNIPPETS.filter(({ at }) => at.test(here)).map(({ label, detail, body }, index) => ({
    label,
    kind: 'snippet',
    insert: spacedAs(body, place) + commaBefore(place.rest),
    filter: `{${label}`,
    sort: `!${order(index)}`,
    detail,
  }));
}

const pattern = (path: Path): string => path.map((step) => (typeof step === 'number' ? '*' : step)).join('/');
