import data from '../../schemas/models.json';
import { isArray, isObject, type JsonObject } from '../json';
import { plus, type Range } from './range';

/** USD by the call of server tools, outside of any discount. `used` is `usage.server_tool_use` of an answer. */
export function serverToolFees(used: unknown): number {
  if (!isObject(used)) return 0;
  return data.server_tool_fees.reduce((sum, { usage, usd }) => {
    const calls = used[usage];
    return sum + (typeof calls === 'number' ? calls * usd : 0);
  }, 0);
}

/**
 * USD that the server tools of a request may cost by the call: none at least, and as often as `max_uses` allows at most.
 * Undefined where it has no tool that is paid so.
 */
export function expectedFees({ tools }: JsonObject): Range | undefined {
  let fees: Range | undefined;
  for (const tool of isArray(tools) ? tools : []) {
    const type = isObject(tool) ? tool.type : undefined;
    const fee = data.server_tool_fees.find((each) => typeof type === 'string' && type.startsWith(each.tool));
    if (!fee || !isObject(tool)) continue;
    const most = typeof tool.max_uses === 'number' && tool.max_uses >= 0 ? tool.max_uses : fee.calls.most;
    const expected = Math.min(fee.calls.expected, most);
    const range = { low: 0, expected: expected * fee.usd, high: most * fee.usd };
    fees = fees ? plus(fees, range) : range;
  }
  return fees;
}
