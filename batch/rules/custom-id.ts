import { fnv1a } from '../context';
import { fix } from '../edit';
import { CUSTOM_ID_MAX_LENGTH, CUSTOM_ID_PATTERN } from '../limits';
import { listed, shown } from './read';
import type { LineRule } from './rule';

const LEGAL = new RegExp(CUSTOM_ID_PATTERN);

/** What a `custom_id` may be made of. */
export const customId: LineRule = {
  id: 'custom-id',
  severity: 'error',
  refusedAt: 'create',
  title: 'A custom_id of the wrong form',
  docs: `A \`custom_id\` has 1 to 64 characters: letters of the English alphabet, digits, \`_\` and \`-\`. Ids made of paths,
e-mail addresses or keys with colons are the most frequent mistake of all, and one of them refuses the whole batch.

The API answers at create: \`requests.0.custom_id: String should match pattern '^[a-zA-Z0-9_-]{1,64}$'\` or
\`requests.0.custom_id: String should have at most 64 characters\`.

Source: Message Batches API reference, create; live capture of 2026-09-02; anthropics/anthropic-sdk-python#984.`,
  examples: {
    bad: '{"custom_id":"ticket:7","params":{"model":"claude-haiku-5-5","max_tokens":64,"messages":[{"role":"user","content":"Hi"}]}}',
    good: '{"custom_id":"ticket-7","params":{"model":"claude-haiku-5-5","max_tokens":64,"messages":[{"role":"user","content":"Hi"}]}}',
  },
  check({ custom_id: id }, _context, report) {
    if (typeof id !== 'string' || isLegalId(id)) return;
    if (id === '') {
      report(['custom_id'], `custom_id is empty; give this request a name of 1 to ${CUSTOM_ID_MAX_LENGTH} characters.`);
      return;
    }
    const legal = sanitisedId(id);
    report(
      ['custom_id'],
      complaint(id),
      fix(`Change to ${shown(legal)}`, { op: 'replace', path: ['custom_id'], value: legal }),
    );
  },
};

/** Whether an id is of the right form. */
export function isLegalId(id: string): boolean {
  return LEGAL.test(id);
}

/** A legal id that resembles `id`; where much is lost, a hash of the whole keeps it distinct. */
export function sanitisedId(id: string): string {
  const legal = id.replace(/[^a-zA-Z0-9_-]+/g, '-');
  const hash = fnv1a(id).slice(0, 8);
  if (!/[a-zA-Z0-9]/.test(legal)) return `id-${hash}`;
  if (legal.length <= CUSTOM_ID_MAX_LENGTH) return legal;
  return `${legal.slice(0, CUSTOM_ID_MAX_LENGTH - 1 - hash.length)}-${hash}`;
}

function complaint(id: string): string {
  const strange = [...new Set(id.match(/[^a-zA-Z0-9_-]/gu))];
  if (strange.length === 0)
    return `custom_id has ${id.length} characters, and at most ${CUSTOM_ID_MAX_LENGTH} are allowed; shorten it.`;
  const named = listed(strange.slice(0, 4).map((character) => (character === ' ' ? 'a space' : shown(character))));
  return `custom_id ${shown(id)} contains ${named}; only letters, digits, "_" and "-" are allowed.`;
}
