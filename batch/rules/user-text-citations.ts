import { fix, remove } from '../edit';
import { isArray } from '../json';
import { blocks, blockTypes, messages } from './read';
import { isOlderVersion, OLDER_VERSION, USE_OLDER_VERSION } from './read-version';
import type { LineRule } from './rule';

/** Citations on what the user said. */
export const userTextCitations: LineRule = {
  id: 'user-text-citations',
  severity: 'error',
  refusedAt: 'row',
  title: 'Citations on user text',
  docs: `Citations belong to the assistant's text. Since API version 2026-10-21 a text block of a user message has none;
version 2023-06-01 takes and ignores them. The version is a setting of the workspace.

Source: platform.claude.com/docs/en/api/migration-2026-10-21.`,
  check({ params }, context, report) {
    if (isOlderVersion(context) || !blockTypes(params).has('text')) return;
    const ofUser = messages(params)
      .filter(([{ role }]) => role === 'user')
      .flatMap(blocks);
    for (const [{ type, citations }, path] of ofUser) {
      if (type !== 'text' || !isArray(citations) || citations.length === 0) continue;
      const place = [...path, 'citations'];
      report(
        { at: 'key', path: place },
        `API version ${context.apiVersion} takes no citations on a user’s text; remove them, or use API version ${OLDER_VERSION}.`,
        USE_OLDER_VERSION,
        fix('Remove the Citations', remove(place)),
      );
    }
  },
};
