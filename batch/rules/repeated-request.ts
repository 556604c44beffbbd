import { atValue } from '../finding';
import { counted, usd } from '../wording';
import type { FileRule } from './rule';

/** USD that all of them have to cost before anyone is told. */
const WORTH_TELLING = 0.01;

/** A request that asks what another asks, under another id. */
export const repeatedRequest: FileRule<'repeated'> = {
  id: 'repeated-request',
  severity: 'hint',
  refusedAt: 'never',
  title: 'The same request twice',
  docs: `Two requests with the same \`params\`, to the byte, under different ids: both are answered, and both are paid. Where
one answer is enough, *Bulk Edit Requests…* or \`message-batches edit --drop-duplicates params\` takes the others
out. Where several answers to one question are wanted, to choose among them, all is well.

Reported where the repetitions of a file come to a cent or more, as expected in a batch.`,
  reads: ['repeated'],
  check({ repeated: { groups, more, usd: cost } }, report) {
    if (cost < WORTH_TELLING) return;
    const all = more + groups.reduce((sum, lines) => sum + lines.length - 1, 0);
    let others = more;
    for (const [first = 0, ...later] of groups)
      for (const line of later) {
        const times = 1 + others;
        others = 0;
        report({
          line,
          times,
          place: ID,
          message: `${counted(all, 'request')} of this file ask to the byte what another asks under another custom_id; paid again, they cost about ${usd(cost)}.`,
          related: [{ line: first, place: ID, message: 'The same request' }],
        });
      }
  },
};

/** Always the same object, so that where it is in a line is found once. */
const ID = atValue('custom_id');
