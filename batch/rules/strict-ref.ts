import type { Path } from '../finding';
import { valueAt } from '../json';
import { type Found, shown } from './read';
import { type StrictSchema, strictSchemas, subschemas } from './read-strict-schemas';
import type { LineRule } from './rule';

/** A `$ref` in a structured output that leads outside, to nothing, or back to itself. */
export const strictRef: LineRule = {
  id: 'strict-ref',
  severity: 'error',
  refusedAt: 'row',
  title: 'Structured output with a $ref that cannot be followed',
  docs: `The schemas of structured outputs and strict tools are written out before they are compiled, so a \`$ref\` must lead to
a definition in the same schema, and never in a circle. Write a recursive structure out to the depth you need.

Source: platform.claude.com/docs/en/build-with-claude/structured-outputs, JSON Schema limitations (2026-10-10).`,
  examples: {
    bad: '{"custom_id":"a","params":{"model":"claude-haiku-5-5","max_tokens":64,"output_config":{"format":{"type":"json_schema","schema":{"type":"object","properties":{"reply":{"$ref":"#"}},"additionalProperties":false}}},"messages":[{"role":"user","content":"Hi"}]}}',
    good: '{"custom_id":"a","params":{"model":"claude-haiku-5-5","max_tokens":64,"output_config":{"format":{"type":"json_schema","schema":{"type":"object","properties":{"reply":{"$ref":"#/$defs/reply"}},"additionalProperties":false,"$defs":{"reply":{"type":"string"}}}}},"messages":[{"role":"user","content":"Hi"}]}}',
  },
  check({ params }, _context, report) {
    for (const schema of strictSchemas(params)) {
      const refs = refsIn(schema);
      if (refs.length === 0) continue;
      const circular = firstInCircle(refs);
      for (const { ref, target, place } of refs.filter(isFollowed)) {
        if (!ref.startsWith('#'))
          report(
            place,
            `Structured outputs follow no $ref to the outside, and this is ${shown(ref)}; copy the definition into $defs.`,
          );
        else if (target === undefined) report(place, `This $ref leads to nothing: the schema has no ${shown(ref)}.`);
      }
      if (circular && isFollowed(circular))
        report(
          circular.place,
          `The $ref ${shown(circular.ref)} leads back to itself, and structured outputs take no recursive schema.`,
        );
    }
  },
};

interface Ref {
  readonly ref: string;
  /** Where the `$ref` stands, from the line's root. */
  readonly place: Path;
  /** The same from the schema's root, as a JSON pointer. */
  readonly from: string;
  /** Where it leads, likewise; undefined where there is nothing. */
  readonly target: string | undefined;
}

/** Inside `allOf` no reference is taken at all, which is another rule's to say. */
const isFollowed = ({ place }: Ref): boolean => place.at(-3) !== 'allOf';

function refsIn(schema: StrictSchema): Ref[] {
  const [root, rootPath] = schema;
  return subschemas(schema).flatMap(([inner, path]: Found): Ref[] => {
    const { $ref: ref } = inner;
    if (typeof ref !== 'string') return [];
    const steps = ref === '#' ? [] : ref.startsWith('#/') ? ref.slice(2).split('/').map(unescaped) : undefined;
    const there = steps && valueAt(root, steps) !== undefined;
    const from = pointer(path.slice(rootPath.length));
    return [{ ref, place: [...path, '$ref'], from, target: there ? pointer(steps) : undefined }];
  });
}

/** The first reference from whose target one comes back to it. Targets that lead nowhere are taken away until none is left. */
function firstInCircle(refs: readonly Ref[]): Ref | undefined {
  const targets = new Set(refs.flatMap(({ target }) => target ?? []));
  const leadsTo = new Map<string, Ref[]>([...targets].map((target) => [target, []]));
  for (const ref of refs) for (const outer of around(ref.from)) leadsTo.get(outer)?.push(ref);
  const referrers = new Map<string, string[]>([...targets].map((target) => [target, []]));
  const open = new Map<string, number>();
  for (const [target, inner] of leadsTo) {
    const next = inner.flatMap((ref) => ref.target ?? []);
    open.set(target, next.length);
    for (const one of next) referrers.get(one)?.push(target);
  }
  const done = [...open].filter(([, count]) => count === 0).map(([target]) => target);
  for (const target of done) {
    for (const referrer of referrers.get(target) ?? []) {
      const left = (open.get(referrer) ?? 0) - 1;
      open.set(referrer, left);
      if (left === 0) done.push(referrer);
    }
  }
  const settled = new Set(done);
  return refs.find(
    ({ from, target }) =>
      target !== undefined &&
      !settled.has(target) &&
      around(from).some((outer) => targets.has(outer) && !settled.has(outer)),
  );
}

/** A pointer and every pointer to something around it, the root included. */
function around(from: string): string[] {
  const pointers = [''];
  for (let at = from.indexOf('/', 1); at > 0; at = from.indexOf('/', at + 1)) pointers.push(from.slice(0, at));
  return from === '' ? pointers : [...pointers, from];
}

const pointer = (steps: Path) =>
  steps.map((step) => `/${String(step).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
const unescaped = (step: string) => step.replaceAll('~1', '/').replaceAll('~0', '~');
