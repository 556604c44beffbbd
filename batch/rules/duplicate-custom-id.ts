import { atValue } from '../finding';
import type { FileRule } from './rule';

/** The same `custom_id` on two lines. */
export const duplicateCustomId: FileRule<'duplicates'> = {
  id: 'duplicate-custom-id',
  severity: 'error',
  refusedAt: 'create',
  title: 'The same custom_id twice',
  docs: `Results come in any order and are joined by \`custom_id\`, so each must be unique in its batch. The API refuses the
whole batch:

> requests: custom_id's must be unique within a batch. Duplicate custom_id found: …

Source: Message Batches API reference; the text was captured from the API on 2026-09-02.`,
  reads: ['duplicates'],
  check({ duplicates: { ids, more } }, report) {
    let others = more;
    for (const { customId, lines } of ids) {
      const [first = 0, ...later] = lines;
      for (const line of later) {
        const times = 1 + others;
        others = 0;
        report({
          line,
          place: ID,
          customId,
          times,
          message: `The custom_id "${customId}" is already used on line ${first + 1}; each must be unique in its batch.`,
          related: [{ line: first, place: ID, message: 'First used here' }],
        });
      }
    }
  },
};

/** Always the same object, so that where it is in a line is found once. */
const ID = atValue('custom_id');
