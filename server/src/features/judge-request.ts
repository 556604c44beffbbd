import { nodeAt, parseTree } from '../../../batch/json-tree';
import { analyseLine } from '../../../batch/lint';
import type { JudgedRequest } from '../protocol';
import type { Settings } from '../settings';

/** What speaks against sending a line of a file alone, and what it would cost. */
export async function judgeRequest(
  settings: Settings,
  { uri, text }: { uri: string; text: string },
): Promise<JudgedRequest> {
  const { context, judgedBy } = await settings.judgementOf(uri);
  const analysis = analyseLine(text, context);
  const errors = analysis.findings.filter(({ severity }) => severity === 'error').map(({ message }) => message);
  if (analysis.kind !== 'request') return { errors, customId: null, estimate: null, params: null, judgedBy };
  const node = nodeAt(parseTree(text), ['params']);
  const params = node ? { start: node.offset, end: node.offset + node.length } : null;
  const { customId = null, estimate } = analysis.facts;
  return { errors, customId, estimate, params, judgedBy };
}
