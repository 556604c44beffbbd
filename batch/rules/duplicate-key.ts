import { type Edit, fix } from '../edit';
import { type Node, parseTree } from '../json-tree';
import type { TextRule } from './rule';

/** A key that stands twice in one object. */
export const duplicateKey: TextRule = {
  id: 'duplicate-key',
  severity: 'warning',
  refusedAt: 'never',
  title: 'The same key twice in one object',
  docs: `JSON parsers keep one of the two values, usually the last, and say nothing of the other. Which one the API keeps is
not documented, so one of them is surely not what was meant.`,
  examples: {
    bad: '{"custom_id":"a","params":{"model":"claude-haiku-4-5","max_tokens":64,"max_tokens":128,"messages":[{"role":"user","content":"Hello"}]}}',
    good: '{"custom_id":"a","params":{"model":"claude-haiku-4-5","max_tokens":128,"messages":[{"role":"user","content":"Hello"}]}}',
  },
  check(text, scan, report) {
    if (!scan.repeatsKey) return;
    for (const { earlier, next, later } of repeated(parseTree(text))) {
      const key = later.children?.[0];
      if (!key) continue;
      report(
        { at: 'text', start: key.offset, end: key.offset + key.length },
        `The key ${JSON.stringify(key.value)} stands twice in this object, and only one of its values is read; remove one of them.`,
        fix(`Remove the First ${JSON.stringify(key.value)}`, removal(earlier, next)),
      );
    }
  },
};

interface Repeated {
  readonly earlier: Node;
  /** The member after `earlier`: there is one, since `later` stands somewhere behind. */
  readonly next: Node;
  readonly later: Node;
}

function repeated(node: Node | undefined): Repeated[] {
  const pairs: Repeated[] = [];
  const waiting = node ? [node] : [];
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const seen = new Map<string, number>();
    const children = next.children ?? [];
    for (const [index, child] of children.entries()) {
      waiting.push(child);
      if (child.type !== 'property') continue;
      const key = String(child.children?.[0]?.value);
      const at = seen.get(key) ?? index;
      const [earlier, after] = children.slice(at, at + 2);
      if (at < index && earlier && after) pairs.push({ earlier, next: after, later: child });
      seen.set(key, index);
    }
  }
  return pairs;
}

/** The text up to the next member goes with it. */
function removal({ offset: start }: Node, { offset: end }: Node): Edit {
  return { op: 'text', start, end, text: '' };
}
