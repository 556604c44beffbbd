import { type Fix, fix, remove } from '../edit';
import type { Path } from '../finding';
import { isArray, type Json, type JsonObject } from '../json';
import { blocks, type Found, systemBlocks, type Turn, turns, word } from './read';
import type { LineRule, Report } from './rule';

/** Messages and text blocks that say nothing. */
export const emptyContent: LineRule = {
  id: 'empty-content',
  severity: 'error',
  refusedAt: 'row',
  title: 'Empty or blank text',
  docs: `A turn must say something, and so must each text block. An empty text block (\`""\`) is refused in the system prompt,
in system messages and in the last user turn; in the middle of a conversation it is accepted, and a warning here. A blank
one (only spaces and line breaks) is refused everywhere. Messages in a row with the same role are one turn: only a turn
that is empty as a whole is refused. The system prompt as a blank string is accepted, and so is an empty assistant message
at the very end.

The API answers in the row: \`messages.0: user messages must have non-empty content\`, \`messages.1: all messages must have
non-empty content except for the optional final assistant message\`, \`messages: text content blocks must be non-empty\` or
\`messages: text content blocks must contain non-whitespace text\`.

Source: API answers, measured 2026-08; OpenAPI description of 2026-07.`,
  examples: {
    bad: '{"custom_id":"a","params":{"model":"claude-haiku-5-5","max_tokens":64,"messages":[{"role":"user","content":[{"type":"text","text":"Hi"},{"type":"text","text":" "}]}]}}',
    good: '{"custom_id":"a","params":{"model":"claude-haiku-5-5","max_tokens":64,"messages":[{"role":"user","content":[{"type":"text","text":"Hi"}]}]}}',
  },
  check({ params }, _context, report) {
    for (const block of systemBlocks(params)) judgeBlock(block, true, params.system, report);
    const all = turns(params);
    const lastUser = all.findLastIndex(({ role }) => role === 'user');
    all.forEach((turn, index) => {
      const begunAnswer = turn.role === 'assistant' && index === all.length - 1;
      if (!begunAnswer) judgeTurn(turn, index === lastUser || turn.role === 'system', report);
    });
  },
};

/** `strict` is the turn where even an empty block is refused. */
function judgeTurn({ role, messages }: Turn, strict: boolean, report: Report): void {
  const first = messages[0];
  if (first && messages.every(([message]) => isEmpty(message))) {
    report([...first[1], 'content'], `This ${word(role)} turn is empty; say something in it, or remove it.`);
    return;
  }
  for (const message of messages) {
    const [{ content }, path] = message;
    if (typeof content === 'string' && content !== '' && content.trim() === '') {
      report([...path, 'content'], 'This message is blank; say something in it, or remove it.');
    }
    for (const block of blocks(message)) {
      judgeBlock(block, strict, content, report);
      if (block[0].type !== 'tool_result') continue;
      for (const inner of blocks(block)) judgeBlock(inner, strict, block[0].content, report);
    }
  }
}

function judgeBlock([block, path]: Found, strict: boolean, siblings: Json | undefined, report: Report): void {
  const { type, text, cache_control } = block;
  if (type !== 'text' || typeof text !== 'string' || text.trim() !== '') return;
  if (text !== '')
    report(
      [...path, 'text'],
      'This text block is blank; write some text, or remove the block.',
      ...removal(siblings, path),
    );
  // An empty block with a cache breakpoint gets another answer, and is another rule's.
  else if (!cache_control) {
    const message = 'This text block is empty; write some text, or remove the block.';
    report.as(strict ? 'error' : 'warning', [...path, 'text'], message, ...removal(siblings, path));
  }
}

/** A system message without content may set the effort. */
function isEmpty({ role, content, output_config }: JsonObject): boolean {
  const nothing = content === '' || (isArray(content) && content.length === 0);
  return nothing && !(role === 'system' && output_config !== undefined);
}

function removal(siblings: Json | undefined, path: Path): Fix[] {
  return isArray(siblings) && siblings.length > 1 ? [fix('Remove the Block', remove(path))] : [];
}
