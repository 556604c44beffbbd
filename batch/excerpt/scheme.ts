/**
 * The scheme of documents that are parts of a file: `message-batches:/folder/file.jsonl/name?place`. Those of language `jsonl`
 * hold some of its lines, those of language `json` one request over many lines. They are judged as the file is, as far as
 * they go.
 */
export const EXCERPT_SCHEME = 'message-batches';
