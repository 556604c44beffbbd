import { type Edit, type Fix, fix, insert, remove, replace } from '../edit';
import type { Path } from '../finding';
import { isArray, isObject, type Json, type JsonObject } from '../json';
import { blockTypes, type Found, listed, modelOf, shown, type Turn, turns } from './read';
import type { LineRule, Report } from './rule';

/** Every call of a tool is answered at once, and every answer has its call. */
export const toolPairing: LineRule = {
  id: 'tool-pairing',
  severity: 'error',
  refusedAt: 'row',
  title: 'tool_use and tool_result that do not pair',
  docs: `A \`tool_use\` block (assistant) is answered by a \`tool_result\` block (user) with its id, at the beginning of the very
next turn, before any other content. Each call has one answer, each answer a call in the turn before, and no id is used
twice. A conversation cut at an arbitrary message is the usual cause.

The API answers in the row: \`messages.8: tool_use ids were found without tool_result blocks immediately after: toolu_…\`,
\`messages.0.content.0: unexpected tool_use_id found in tool_result blocks: toolu_…\`, \`tool_use ids must be unique\` or
\`tool_result blocks can only be in user messages\`.

Source: handle tool calls guide (2026-10-08); server tools guide, "Mixing server tools and client tools" (2026-08-20).`,
  examples: {
    bad: '{"custom_id":"a","params":{"model":"claude-haiku-5-5","max_tokens":64,"tools":[{"name":"now","input_schema":{"type":"object"}}],"messages":[{"role":"user","content":"What time is it?"},{"role":"assistant","content":[{"type":"tool_use","id":"toolu_1","name":"now","input":{}}]},{"role":"user","content":"Well?"}]}}',
    good: '{"custom_id":"a","params":{"model":"claude-haiku-5-5","max_tokens":64,"tools":[{"name":"now","input_schema":{"type":"object"}}],"messages":[{"role":"user","content":"What time is it?"},{"role":"assistant","content":[{"type":"tool_use","id":"toolu_1","name":"now","input":{}}]},{"role":"user","content":[{"type":"tool_result","tool_use_id":"toolu_1","content":"9:41"},{"type":"text","text":"Well?"}]}]}}',
  },
  check({ params }, context, report) {
    // Claude 3 took answers whose id matched no call, and nobody can ask it any more.
    if (modelOf(params, context)?.status === 'retired') return;
    const types = blockTypes(params);
    if (!types.has('tool_use') && !types.has('tool_result')) return;
    const all = turns(params);
    checkSides(all, report);
    checkUnique(all, report);
    all.forEach((turn, index) => {
      if (turn.role === 'assistant') checkAnswered(turn, all[index + 1], report);
      if (turn.role === 'user') checkAnswers(turn, all[index - 1], report);
    });
  },
};

function checkSides(all: readonly Turn[], report: Report): void {
  for (const { role, blocks } of all) {
    for (const [{ type }, path] of blocks) {
      if (type === 'tool_use' && role === 'user') {
        report([...path, 'type'], 'This tool_use block stands in a user message; move it to an assistant message.');
      }
      if (type === 'tool_result' && role === 'assistant') {
        report([...path, 'type'], 'This tool_result block stands in an assistant message; move it to a user message.');
      }
    }
  }
}

function checkUnique(all: readonly Turn[], report: Report): void {
  const seen = new Set<Json>();
  for (const [{ id }, path] of all.filter(({ role }) => role === 'assistant').flatMap(calls)) {
    if (typeof id !== 'string') continue;
    if (seen.has(id))
      report([...path, 'id'], `The tool_use id ${shown(id)} is used twice; give this call an id of its own.`);
    seen.add(id);
  }
}

/** One finding for the turn, as the API gives one answer for it. */
function checkAnswered(turn: Turn, next: Turn | undefined, report: Report): void {
  const answered = new Set(next?.role === 'user' ? answers(next).map(([{ tool_use_id }]) => tool_use_id) : []);
  // An answer that has no id at all may be the one that is missing.
  if ([...answered].some((id) => typeof id !== 'string')) return;
  const open = calls(turn).filter(([{ id }]) => typeof id === 'string' && !answered.has(id));
  const first = open[0];
  if (!first) return;
  const ids = open.map(([{ id }]) => String(id));
  const named = listed(ids.slice(0, 3).map(shown));
  const message = `tool_use ${named} ${ids.length > 1 ? 'have' : 'has'} no tool_result in the next turn; answer there first.`;
  report([...first[1], 'id'], message, ...closing(ids, turn, next));
}

function checkAnswers(turn: Turn, before: Turn | undefined, report: Report): void {
  const called = new Set(before?.role === 'assistant' ? calls(before).map(([{ id }]) => id) : []);
  // A call that has no id at all may be the one that is answered.
  const mayBeCalled = [...called].some((id) => typeof id !== 'string');
  const leading = leadingAnswers(turn);
  const sizes = blockCounts(turn);
  const given = new Set<Json>();
  answers(turn).forEach(([block, path], index) => {
    const { tool_use_id: id } = block;
    if (typeof id !== 'string') return;
    const at = [...path, 'tool_use_id'];
    // A message without content would be the next fault.
    const removal = sizes.get(path[2]) === 1 ? [] : [fix('Remove the tool_result', remove(path))];
    if (!called.has(id)) {
      if (mayBeCalled) return;
      report(
        at,
        `No tool_use ${shown(id)} stands in the turn before; correct the id or remove the result.`,
        ...removal,
      );
    } else if (given.has(id)) {
      report(at, `tool_use ${shown(id)} is answered twice; keep one tool_result.`, ...removal);
    } else if (index >= leading) {
      const message = 'This tool_result block stands after other content of its turn; move it to the front.';
      const front = [...path.slice(0, -1), leading];
      const move = fix('Move to the Front', insert(front, block), remove(path));
      report([...path, 'type'], message, ...(turn.messages.length === 1 ? [move] : []));
    }
    given.add(id);
  });
}

/** How many blocks each message of a turn has, by its index. */
function blockCounts({ blocks }: Turn): Map<Path[number] | undefined, number> {
  const counts = new Map<Path[number] | undefined, number>();
  for (const [, path] of blocks) counts.set(path[2], (counts.get(path[2]) ?? 0) + 1);
  return counts;
}

const calls = (turn: Turn): Found[] => turn.blocks.filter(([{ type }]) => type === 'tool_use');
const answers = (turn: Turn): Found[] => turn.blocks.filter(([{ type }]) => type === 'tool_result');

/** How many answers stand before any other content. */
function leadingAnswers({ messages }: Turn): number {
  let count = 0;
  for (const [{ content }] of messages) {
    if (!isArray(content)) return count;
    const other = content.findIndex((block) => !isObject(block) || block.type !== 'tool_result');
    if (other >= 0) return count + other;
    count += content.length;
  }
  return count;
}

/** What a person would add who no longer has the results. */
function closing(ids: readonly string[], turn: Turn, next: Turn | undefined): Fix[] {
  const results = ids.map((id) => ({
    type: 'tool_result',
    tool_use_id: id,
    content: 'No result was recorded.',
    is_error: true,
  }));
  const title = ids.length > 1 ? `Answer the ${ids.length} Calls with an Error` : 'Answer the Call with an Error';
  return [fix(title, ...answering(results, turn, next))];
}

function answering(results: readonly JsonObject[], turn: Turn, next: Turn | undefined): Edit[] {
  const first = next?.role === 'user' ? next.messages[0] : undefined;
  if (!next || !first) {
    const last = turn.messages.at(-1)?.[1].at(-1);
    return [insert(['params', 'messages', Number(last) + 1], { role: 'user', content: results })];
  }
  const [{ content }, path] = first;
  const place = [...path, 'content'];
  if (typeof content === 'string') return [replace(place, [...results, { type: 'text', text: content }])];
  const index = leadingAnswers({ ...next, messages: [first] });
  return results.map((result) => insert([...place, index], result));
}
