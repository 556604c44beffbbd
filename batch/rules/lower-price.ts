import { atValue } from '../finding';
import { counted, usd } from '../wording';
import type { FileRule } from './rule';

/** What the same requests would cost with a cheaper model. */
export const lowerPrice: FileRule<'lowerPrice'> = {
  id: 'lower-price',
  severity: 'hint',
  refusedAt: 'never',
  title: 'Lower price for the same requests',
  docs: `What the requests that name one model are expected to cost in a batch, and what they would cost with the nearest
cheaper one and with the cheapest: tokens by the tokenizer of each, answers as long as they are expected now. Reported
where that saves a dollar or more and two fifths of the price. *Compare Models*, and \`message-batches estimate --compare\`,
judge each request anew and say as well which of them another model would refuse.

Whether its answers are as good only a trial shows: *Try One Now…* sends a request alone.

Source: \`schemas/models.json\`.`,
  reads: ['lowerPrice'],
  check({ lowerPrice: found }, report) {
    if (!found) return;
    const { model, requests, usd: now, others } = found;
    const those = others.map((other) => `with ${other.model} about ${usd(other.usd)}`).join(', ');
    report({
      line: 0,
      place: atValue('params', 'model'),
      message: `${counted(requests, 'request')} to ${model} cost about ${usd(now)} in a batch; ${those}. Compare Models has them all.`,
    });
  },
};
