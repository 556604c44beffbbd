import { counted } from '../wording';
import type { BulkOutcome } from './bulk-edit';

/** `12 requests changed, 3 removed.` */
export function outcomeSentence({ changed, removed, refused }: BulkOutcome): string {
  const parts = [
    changed === 0 ? 'No request changes' : `${counted(changed - removed, 'request')} changed`,
    ...(removed > 0 ? [`${removed} removed`] : []),
    ...(refused > 0 ? [`${refused} left alone, as the new custom_id would not be legal`] : []),
  ];
  return `${parts.join(', ')}.`;
}
