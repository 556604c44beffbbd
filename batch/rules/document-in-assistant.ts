import { fix, remove } from '../edit';
import { blocks, blockTypes, messages } from './read';
import { isOlderVersion, OLDER_VERSION, USE_OLDER_VERSION } from './read-version';
import type { LineRule } from './rule';

/** A document that the assistant would have sent. */
export const documentInAssistant: LineRule = {
  id: 'document-in-assistant',
  severity: 'error',
  refusedAt: 'row',
  title: 'Document in an assistant message',
  docs: `Since API version 2026-10-21 a document block stands in user messages and tool results, not directly in an assistant
message; version 2023-06-01 takes it there. The version is a setting of the workspace.

Source: platform.claude.com/docs/en/api/migration-2026-10-21.`,
  check({ params }, context, report) {
    if (isOlderVersion(context) || !blockTypes(params).has('document')) return;
    const inAssistant = messages(params)
      .filter(([{ role }]) => role === 'assistant')
      .flatMap(blocks);
    for (const [{ type }, path] of inAssistant) {
      if (type !== 'document') continue;
      report(
        [...path, 'type'],
        `API version ${context.apiVersion} takes no document in an assistant message; move it to a user message, or use API version ${OLDER_VERSION}.`,
        USE_OLDER_VERSION,
        fix('Remove the Document', remove(path)),
      );
    }
  },
};
