import { type Edit, fix } from '../edit';
import { type Node, parseTree } from '../json-tree';
import type { TextRule } from './rule';

/** A key that stands twice in one object. */
export const duplicateKey: TextRule = {
  id: 'duplicate-key',
  severity: 'error',
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
    for (const { earlier, later } of repeated(parseTree(text))) {
      const key = later.children?.[0];
      if (!key) continue;
      report(
        { at: 'text', start: key.offset, end: key.offset + key.length },
        `The key ${JSON.stringify(key.value)} stands twice in this object, and only the last one counts.`,
        fix(`Remove the First ${JSON.stringify(key.value)}`, removal(earlier)),
      );
    }
  },
};

function repeated(node: Node | undefined): { earlier: Node; later: Node }[] {
  const pairs: { earlier: Node; later: Node }[] = [];
  const waiting = node ? [node] : [];
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const seen = new Map<string, Node>();
    for (const child of next.children ?? []) {
      waiting.push(child);
      if (child.type !== 'property') continue;
      const key = String(child.children?.[0]?.value);
      const earlier = seen.get(key);
      if (earlier) pairs.push({ earlier, later: child });
      seen.set(key, child);
    }
  }
  return pairs;
}

/** The earlier one is never the last of its object, so the text up to the next member goes with it. */
function removal(property: Node): Edit {
  const siblings = property.parent?.children ?? [];
  const next = siblings[siblings.indexOf(property) + 1];
  return { op: 'text', start: property.offset, end: next?.offset ?? property.offset + property.length, text: '' };
}
