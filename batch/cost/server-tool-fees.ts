import data from '../../schemas/models.json';
import { isObject } from '../json';

/** USD by the call of server tools, outside of any discount. `used` is `usage.server_tool_use` of an answer. */
export function serverToolFees(used: unknown): number {
  if (!isObject(used)) return 0;
  return data.server_tool_fees.reduce((sum, { usage, usd }) => {
    const calls = used[usage];
    return sum + (typeof calls === 'number' ? calls * usd : 0);
  }, 0);
}
